/** The prepared rows as the findings look at them, with what several findings need worked out once. */
import {
  mostFindingRows,
  type Dataset,
  type FindingRow,
  type ModelCoverage,
  type Side,
} from '../../domain';
import { foldText } from '../textFold';
import { maskPersonal } from './personalPatterns';

/** Lengths in tokens, where a tokenizer was at hand. */
export interface TokenFacts {
  /** Whose tokens they are. */
  baseModel: string;
  maxLength: number;
  /** Rows and share of tokens beyond `maxLength`, over all rows. */
  cutRows: number;
  cutTokenShare: number;
  unknownTokenShare: number;
  /** Another base model that knows far more of them. */
  better: ModelCoverage | null;
  /** Spreadsheet rows of the data file that are cut, at most `mostFindingRows`. */
  rows: readonly number[];
}

export interface ExaminedRow {
  text: string;
  /** Index into the data set's labels. */
  label: number;
  row: number;
  side: Side;
}

const shownCharacters = 200;

export class Examined {
  /** Training, validation, test, one after the other; each in its file's order. */
  readonly rows: readonly ExaminedRow[];
  private folds: Int32Array | null = null;

  /** @param fromTestFile the test side's rows come from a file of their own */
  constructor(
    readonly dataset: Dataset,
    readonly labelColumn: string,
    readonly fromTestFile: boolean,
    readonly tokens: TokenFacts | null,
  ) {
    const rows: ExaminedRow[] = [];
    for (const side of ['train', 'validation', 'test'] as const) {
      // One label a row: other tasks are not examined yet.
      for (const { text, target, row } of dataset[side]) if (target.kind === 'class') rows.push({ text, label: target.label, row, side });
    }
    // In the order of the file, so that the first of some copies is the one that a person meets first.
    const fileOf = (row: ExaminedRow) => (fromTestFile && row.side === 'test' ? 1 : 0);
    this.rows = rows.sort((left, right) => fileOf(left) - fileOf(right) || left.row - right.row);
  }

  fileOf(row: ExaminedRow): 'data' | 'test' {
    return this.fromTestFile && row.side === 'test' ? 'test' : 'data';
  }

  /** The group of each row: rows of one group have texts that count as copies. Numbered from 0 as they come. */
  get groups(): Int32Array {
    this.folds ??= groupTexts(this.rows);
    return this.folds;
  }

  labelName(row: Pick<ExaminedRow, 'label'>): string {
    return this.dataset.labels[row.label] ?? '';
  }

  /** The first of the rows that a finding shows. */
  examples(rows: Iterable<ExaminedRow>): FindingRow[] {
    const shown: FindingRow[] = [];
    for (const row of rows) {
      if (shown.length === mostFindingRows) break;
      // Masked before it is cut: half an address is still one.
      const text = maskPersonal(row.text.slice(0, shownCharacters * 4)).slice(0, shownCharacters);
      shown.push({ file: this.fileOf(row), row: row.row, label: this.labelName(row), text });
    }
    return shown;
  }
}

export function groupTexts(rows: readonly { text: string }[]): Int32Array {
  const ids = new Map<string, number>();
  return Int32Array.from(rows, ({ text }) => {
    const key = foldText(text);
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, ids.size);
    return ids.size - 1;
  });
}

/** Rows of each group. */
export function groupSizes(groups: Int32Array): Uint32Array {
  const sizes = new Uint32Array(groups.reduce((most, group) => Math.max(most, group + 1), 0));
  for (const group of groups) sizes[group] = (sizes[group] ?? 0) + 1;
  return sizes;
}
