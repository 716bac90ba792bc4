/** A row on its way to a data set. Its texts stay where the table has them until somebody asks. */
import type { Example, Side, TableColumn, Target } from '../domain';
import type { RowTarget } from './targets';

export interface RowTexts {
  text: string;
  /** Second text of a pair. */
  textPair?: string;
}

/** Where the texts of a table's rows are. */
export interface TextColumns {
  text: TableColumn;
  textPair?: TableColumn;
}

export class PreparedRow {
  /** The same for texts that count as copies, also across files; null until asked for. */
  group: number | null = null;
  /** Where they are other ones than the table's. */
  private changed: RowTexts | null = null;

  /**
   * @param index place in the table's columns
   * @param row spreadsheet row
   * @param side where the file, or a column of it, says so; null where we part the rows
   */
  constructor(
    private readonly columns: TextColumns,
    readonly index: number,
    readonly row: number,
    public target: RowTarget,
    public side: Side | null,
  ) {}

  get text(): string {
    return this.changed === null ? (this.columns.text.cells.at(this.index) ?? '') : this.changed.text;
  }

  get textPair(): string | undefined {
    if (this.changed !== null) return this.changed.textPair;
    return this.columns.textPair && (this.columns.textPair.cells.at(this.index) ?? '');
  }

  /** Of tagged words. */
  get words(): readonly string[] | undefined {
    return this.target.kind === 'tokens' ? this.target.words : undefined;
  }

  changeTexts(texts: RowTexts): void {
    this.changed = texts;
  }
}

/** A million examples, each a few numbers: what a row says is read from its table. Messages between workers need `plainExample`. */
export class PreparedExample implements Example {
  constructor(
    private readonly prepared: PreparedRow,
    readonly target: Target,
    readonly leaked: true | undefined,
  ) {}

  get text(): string {
    return this.prepared.text;
  }

  get textPair(): string | undefined {
    return this.prepared.textPair;
  }

  /** Of tagged words. */
  get words(): readonly string[] | undefined {
    return this.prepared.words;
  }

  get row(): number {
    return this.prepared.row;
  }

  /** Rows have one once they are parted. */
  get side(): Side {
    return this.prepared.side ?? 'train';
  }

  /** The same for copies, whichever side and file they are on. */
  get group(): number {
    return this.prepared.group ?? 0;
  }
}

/** What `prepareDataset` made, and nobody sent or copied since. */
export function asPrepared(example: Example): PreparedExample {
  if (!(example instanceof PreparedExample)) throw new Error('Only prepared rows can be examined.');
  return example;
}

/** With everything in its own fields, as it can be sent and compared. */
export function plainExample({ text, textPair, target, row, leaked }: Example): Example {
  return { text, ...(textPair !== undefined && { textPair }), target, row, ...(leaked && { leaked }) };
}
