/** Lengths of a column's texts in tokens, counted once a column: they decide the default maximum length and say what is cut. */
import type { TokenFacts } from '../../data';
import { mostFindingRows, seededPermutation, type Table } from '../../domain';
import { percentile, TextTokenizer } from '../../text';
import type { TextMeasure } from '../protocol';

/** Above this many rows a seeded sample is counted and the figures are scaled up. */
const MOST_COUNTED_ROWS = 20_000;
const SAMPLE_STREAM = 0x7e57;

interface Lengths {
  table: Table;
  column: string;
  lengths: Uint32Array;
  /** Which cells were counted; null for all, in their order. */
  chosen: Uint32Array | null;
  unknownTokens: number;
}

export class TextLengths {
  private tokenizer: Promise<TextTokenizer | null> | null = null;
  private last: Lengths | null = null;

  /** @param modelUrl folder of the base model's small files, with a slash at its end */
  constructor(private readonly modelUrl: string) {}

  /** Null when the tokenizer cannot be had; the figures are a help, never a condition. */
  async measure(table: Table, column: string, maxLength: number): Promise<TextMeasure | null> {
    const counted = await this.count(table, column);
    if (!counted) return null;
    const { lengths, unknownTokens } = counted;
    const rows = table.rowNumbers.length;
    const scale = lengths.length > 0 ? rows / lengths.length : 1;
    const total = lengths.reduce((sum, length) => sum + length, 0);
    const cut = lengths.filter((length) => length > maxLength);
    return {
      percentile95: percentile(lengths, 0.95),
      longest: lengths.reduce((most, length) => Math.max(most, length), 0),
      cutRows: Math.round(cut.length * scale),
      cutTokenShare: total > 0 ? cut.reduce((sum, length) => sum + length - maxLength, 0) / total : 0,
      unknownTokenShare: total > 0 ? unknownTokens / total : 0,
      countedRows: lengths.length,
    };
  }

  /** For the data doctor: the same figures, and the first rows that are cut. */
  async cut(table: Table, column: string, maxLength: number): Promise<TokenFacts | null> {
    const counted = await this.count(table, column);
    const measure = await this.measure(table, column, maxLength);
    if (!counted || !measure) return null;
    const places: number[] = [];
    counted.lengths.forEach((length, index) => {
      if (length > maxLength) places.push(counted.chosen?.[index] ?? index);
    });
    const rows = places
      .sort((left, right) => left - right)
      .slice(0, mostFindingRows)
      .map((place) => table.rowNumbers[place] ?? 0);
    const { cutRows, cutTokenShare, unknownTokenShare } = measure;
    return { maxLength, cutRows, cutTokenShare, unknownTokenShare, rows };
  }

  private async count(table: Table, column: string): Promise<Lengths | null> {
    if (this.last?.table === table && this.last.column === column) return this.last;
    const cells = table.columns.find(({ name }) => name === column)?.cells;
    const tokenizer = await this.load();
    if (!cells || !tokenizer) return null;
    const chosen = cells.length <= MOST_COUNTED_ROWS ? null : Uint32Array.from(seededPermutation(cells.length, 0, SAMPLE_STREAM).subarray(0, MOST_COUNTED_ROWS));
    const texts = chosen === null ? cells : Array.from(chosen, (row) => cells.at(row) ?? '');
    let unknownTokens = 0;
    const lengths = Uint32Array.from(texts, (text) => {
      const { inputIds } = tokenizer.encode(text, null, Infinity);
      for (const id of inputIds) if (id === tokenizer.unknownId) unknownTokens++;
      return inputIds.length;
    });
    this.last = { table, column, lengths, chosen, unknownTokens };
    return this.last;
  }

  private load(): Promise<TextTokenizer | null> {
    const read = async (name: string): Promise<unknown> => {
      const answer = await fetch(this.modelUrl + name);
      if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
      return answer.json();
    };
    this.tokenizer ??= Promise.all([read('tokenizer.json'), read('tokenizer_config.json')])
      .then(([tokenizerJson, tokenizerConfig]) => new TextTokenizer(tokenizerJson, tokenizerConfig))
      .catch(() => {
        this.tokenizer = null;
        return null;
      });
    return this.tokenizer;
  }
}
