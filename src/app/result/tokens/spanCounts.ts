/** Spans of one row: how many there are, were found, and are whole and right. */
import type { TokenReport } from '../../../domain';
import { entitiesOf } from '../../../tasks';

export interface SpanCounts {
  right: number;
  truth: number;
  found: number;
}

interface Tagged {
  label: readonly number[];
  predicted: readonly number[];
}

/** @param type counts only spans of this type, where given */
export function countSpans({ labels, scheme }: Pick<TokenReport, 'labels' | 'scheme'>, { label, predicted }: Tagged, type: string | null = null): SpanCounts {
  const keysOf = (ids: readonly number[]): string[] =>
    entitiesOf(ids.map((id) => labels[id] ?? 'O'), scheme)
      .filter((span) => type === null || span.type === type)
      .map((span) => `${span.begin} ${span.end} ${span.type}`);
  const truth = keysOf(label);
  const found = new Set(keysOf(predicted));
  return { right: truth.filter((key) => found.has(key)).length, truth: truth.length, found: found.size };
}

/** Spans missed, and spans found that are none. */
export function wrongSpans({ right, truth, found }: SpanCounts): number {
  return truth + found - 2 * right;
}
