/** The prepared rows as the findings look at them, whatever the task, with what several findings need worked out once. */
import { mostFindingRows, type Dataset, type FindingRow, type LabelRows, type ModelCoverage } from '../../domain';
import { renumbered } from '../copies';
import { asPrepared, type PreparedExample } from '../preparedRow';
import { tagType } from '../targets';
import { shownCharacters, shownText } from './personalPatterns';

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
  /** A length that reads more, and how many times the tokens of now it takes; null where there is none. */
  raised: { maxLength: number; times: number } | null;
  /** Spreadsheet rows of the data file that are cut, at most `mostFindingRows`. */
  rows: readonly number[];
}

export type ExaminedRow = PreparedExample;

/** Rows of a name on each side. */
export interface NameCount {
  name: string;
  train: number;
  validation: number;
  test: number;
}

export interface ExaminedOptions {
  labelColumn: string;
  /** The test side's rows come from a file of their own. */
  fromTestFile: boolean;
  tokens: TokenFacts | null;
  /** Of a long text the end is read. */
  keptEnd?: boolean;
}

export class Examined {
  /** In the order of the files, so that the first of some copies is the one that a person meets first. */
  readonly rows: readonly ExaminedRow[];
  readonly labelColumn: string;
  readonly fromTestFile: boolean;
  /** The test side is given, by a file or a column: it was not parted from the rest with copies kept together. */
  readonly givenTest: boolean;
  /** The same of the validation side. */
  readonly givenValidation: boolean;
  readonly tokens: TokenFacts | null;
  readonly keptEnd: boolean;
  /** Of each label id, its name or the type of entity it speaks of; null for O. */
  private readonly names: readonly (string | null)[];
  private copies: Int32Array | null = null;
  private counted: readonly NameCount[] | null = null;

  constructor(
    readonly dataset: Dataset,
    { labelColumn, fromTestFile, tokens, keptEnd = false }: ExaminedOptions,
  ) {
    const { split } = dataset.counts;
    this.labelColumn = labelColumn;
    this.fromTestFile = fromTestFile;
    this.givenValidation = split?.kind === 'side' && !split.splitOff.includes('validation');
    this.givenTest = fromTestFile || (split?.kind === 'side' && !split.splitOff.includes('test'));
    this.tokens = tokens;
    this.keptEnd = keptEnd;
    const rows = [...dataset.train, ...dataset.validation, ...dataset.test].map(asPrepared);
    const fileOf = (row: ExaminedRow) => (fromTestFile && row.side === 'test' ? 1 : 0);
    this.rows = rows.sort((left, right) => fileOf(left) - fileOf(right) || left.row - right.row);
    this.names = rows[0]?.target.kind === 'tokens' ? dataset.labels.map(tagType) : dataset.labels;
  }

  fileOf(row: ExaminedRow): 'data' | 'test' {
    return this.fromTestFile && row.side === 'test' ? 'test' : 'data';
  }

  /** The group of each row: rows of one group have texts that count as copies. Numbered from 0 as they come; known since the rows were parted. */
  get groups(): Int32Array {
    this.copies ??= renumbered(Int32Array.from(this.rows, ({ group }) => group)).groups;
    return this.copies;
  }

  /** Labels of a row, or the types of its entities, each once; none for a number. */
  namesOf({ target }: Pick<ExaminedRow, 'target'>): readonly string[] {
    if (target.kind === 'number') return [];
    if (target.kind === 'class') return [this.names[target.label] ?? ''];
    return [...new Set(target.labels)].reduce<string[]>((found, id) => {
      const name = this.names[id];
      return typeof name !== 'string' || found.includes(name) ? found : [...found, name];
    }, []);
  }

  /** The same for rows whose targets say the same. */
  answerOf({ target }: Pick<ExaminedRow, 'target'>): string {
    if (target.kind === 'class') return String(target.label);
    return target.kind === 'number' ? String(target.value) : target.labels.join(' ');
  }

  /** Every name with its rows, those without any included, in the order of the labels. */
  get counts(): readonly NameCount[] {
    if (this.counted !== null) return this.counted;
    const kind = this.rows[0]?.target.kind;
    const counts = new Map<string, NameCount>();
    if (kind !== 'number') for (const name of this.names) if (name !== null) counts.set(name, { name, train: 0, validation: 0, test: 0 });
    for (const row of this.rows) {
      for (const name of this.namesOf(row)) {
        const count = counts.get(name);
        if (count !== undefined) count[row.side] += 1;
      }
    }
    this.counted = [...counts.values()];
    return this.counted;
  }

  /** Rows of every name. @param withTestFile counts those of a test file too */
  rowsByName(withTestFile: boolean): LabelRows[] {
    const without = this.fromTestFile && !withTestFile;
    return this.counts.map(({ name, train, validation, test }) => ({ label: name, rows: train + validation + (without ? 0 : test) }));
  }

  /** Rows that have any of these names. */
  rowsWith(names: ReadonlySet<string>): ExaminedRow[] {
    return this.rows.filter((row) => this.namesOf(row).some((name) => names.has(name)));
  }

  /** What a row is to be answered with, as it is shown: tags of tagged words one after another. */
  shownAnswer(row: ExaminedRow): string {
    const { target } = row;
    if (target.kind === 'number') return String(target.value);
    if (target.kind === 'tokens') return target.labels.map((id) => this.dataset.labels[id] ?? '').join(' ').slice(0, shownCharacters);
    return this.namesOf(row).join(', ');
  }

  /** The first of the rows that a finding shows. */
  examples(rows: Iterable<ExaminedRow>): FindingRow[] {
    const shown: FindingRow[] = [];
    for (const row of rows) {
      if (shown.length === mostFindingRows) break;
      const { text, textPair, words } = row;
      shown.push({
        file: this.fileOf(row),
        row: row.row,
        label: this.shownAnswer(row),
        text: shownText(words === undefined ? text : words.join(' ')),
        ...(textPair !== undefined && { textPair: shownText(textPair) }),
      });
    }
    return shown;
  }
}
