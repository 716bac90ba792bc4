/** Likely wrong labels: a look that a person started, and what it found. */
import { create } from 'zustand';
import type { ErrorData, LabelSuspects, Recipe } from '../../domain';
import type { TableSummary } from '../../workers';

/** What a result speaks of; with other columns, another task or another file it says nothing. */
export interface LookedAt {
  table: TableSummary;
  testTable: TableSummary | null;
  columns: string;
}

export function lookedAt(table: TableSummary, testTable: TableSummary | null, { task, data, split }: Recipe): LookedAt {
  return { table, testTable: split.testSource === 'file' ? testTable : null, columns: JSON.stringify([task, data.textColumn, data.textPairColumn, data.labelColumn]) };
}

export const isSameLook = (left: LookedAt, right: LookedAt): boolean => left.table === right.table && left.testTable === right.testTable && left.columns === right.columns;

interface SuspectsState {
  looking: { share: number; stop: AbortController; done: Promise<void> } | null;
  result: { of: LookedAt; found: LabelSuspects } | null;
  error: ErrorData | null;
}

export const useSuspects = create<SuspectsState>(() => ({ looking: null, result: null, error: null }));
