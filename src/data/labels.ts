/** Labels as one writes them: spellings of one label joined, and the order that gives label ids. */
import { compareCodePoints, foldCell, trimInvisible } from './cells';

interface Spelling {
  label: string;
  /** Rows, and among them those whose cell is this spelling exactly, without outer spaces. */
  rows: number;
  exact: number;
}

/** The spelling that stands for all that fold alike: the commonest, best without outer spaces, first seen. */
function isBetter(candidate: Spelling, than: Spelling): boolean {
  if (candidate.exact !== than.exact) return candidate.exact > than.exact;
  return candidate.rows > than.rows;
}

/**
 * Maps each label cell to its label. Cells that are equal after trimming, Unicode compatibility and case folding are
 * one label, written as most rows write it.
 */
export class LabelSpellings {
  private readonly byFold: ReadonlyMap<string, Spelling>;
  /** Labels of cells asked for before: few, asked for once a row. */
  private readonly known = new Map<string, string>();

  /** @param foldLabel what is one label where the usual folding is not meant */
  constructor(
    cells: Iterable<string>,
    private readonly foldLabel: (cell: string) => string = foldCell,
  ) {
    const spellings = new Map<string, Spelling>();
    for (const cell of cells) {
      const label = trimInvisible(cell);
      const spelling = spellings.get(label) ?? { label, rows: 0, exact: 0 };
      spelling.rows += 1;
      if (label === cell) spelling.exact += 1;
      spellings.set(label, spelling);
    }
    const byFold = new Map<string, Spelling>();
    for (const spelling of spellings.values()) {
      const fold = foldLabel(spelling.label);
      const known = byFold.get(fold);
      if (known === undefined || isBetter(spelling, known)) byFold.set(fold, spelling);
    }
    this.byFold = byFold;
  }

  /** The label that a cell means; a cell like none of those given is only trimmed. */
  labelOf(cell: string): string {
    const known = this.known.get(cell);
    if (known !== undefined) return known;
    const label = this.byFold.get(this.foldLabel(cell))?.label ?? trimInvisible(cell);
    this.known.set(cell, label);
    return label;
  }
}

/** Labels in label-id order: by number where all are whole numbers, otherwise by Unicode code point. */
export function orderLabels(labels: Iterable<string>): string[] {
  const ordered = [...new Set(labels)].sort(compareCodePoints);
  const allWhole = ordered.every((label) => /^[-+]?\d{1,15}$/.test(label));
  return allWhole ? ordered.sort((left, right) => Number(left) - Number(right)) : ordered;
}
