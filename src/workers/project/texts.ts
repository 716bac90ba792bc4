/** Lengths of a table's texts in tokens, counted once for its columns and a model: they decide the default maximum length and say what is cut. */
import { wordsOf, type Pause, type TokenFacts } from '../../data';
import { mostFindingRows, seededPermutation, taskKinds, type ModelCoverage, type Recipe, type Table } from '../../domain';
import { baseModels, defaultBaseModel } from '../../models';
import { percentile, TextTokenizer } from '../../text';
import { betterCoverage, muchUnknown } from '../../training';
import type { TextMeasure } from '../protocol';
import { pausesFor } from './pauses';

/** Above this many rows a seeded sample is counted and the figures are scaled up. */
const MOST_COUNTED_ROWS = 20_000;
const SAMPLE_STREAM = 0x7e57;

/** What of a recipe decides which texts there are. */
export type CountedTexts = Pick<Recipe, 'task'> & { data: Pick<Recipe['data'], 'textColumn' | 'textPairColumn'> };

interface Lengths {
  table: Table;
  /** What was counted, the same for the same texts. */
  key: string;
  lengths: Uint32Array;
  /** Which cells were counted; null for all, in their order. */
  chosen: Uint32Array | null;
  unknownTokens: number;
}

const totalOf = (lengths: Uint32Array) => lengths.reduce((sum, length) => sum + length, 0);

/** Long enough for all but one text in a hundred, and no longer than the model reads. */
function raisedLength(lengths: Uint32Array, maxLength: number, limit: number): TokenFacts['raised'] {
  const raised = Math.min(limit, Math.max(percentile(lengths, 0.99), maxLength + 1));
  const read = (most: number) => lengths.reduce((sum, length) => sum + Math.min(length, most), 0);
  return raised > maxLength ? { maxLength: raised, times: read(raised) / Math.max(1, read(maxLength)) } : null;
}

export class TextLengths {
  private readonly tokenizers = new Map<string, Promise<TextTokenizer | null>>();
  /** By base model: what was counted last. */
  private readonly last = new Map<string, Lengths>();

  /** @param addressOf folder of a base model's small files, with a slash at its end; throws where there is none */
  constructor(
    private readonly addressOf: (baseModel: string) => string,
    private readonly limit: number,
  ) {}

  /** Null when the tokenizer cannot be had; the figures are a help, never a condition. */
  async measure(table: Table, texts: CountedTexts, baseModel: string, maxLength: number, pause?: Pause): Promise<TextMeasure | null> {
    const counted = await this.count(table, texts, baseModel, pause);
    if (!counted) return null;
    const { lengths, unknownTokens } = counted;
    const rows = table.rowNumbers.length;
    const scale = lengths.length > 0 ? rows / lengths.length : 1;
    const total = totalOf(lengths);
    const cut = lengths.filter((length) => length > maxLength);
    return {
      percentile95: percentile(lengths, 0.95),
      longest: lengths.reduce((most, length) => Math.max(most, length), 0),
      cutRows: Math.round(cut.length * scale),
      cutTokenShare: total > 0 ? cut.reduce((sum, length) => sum + length - maxLength, 0) / total : 0,
      unknownTokenShare: total > 0 ? unknownTokens / total : 0,
      ...(await this.compare(table, texts, baseModel, pause)),
      countedRows: lengths.length,
    };
  }

  /** The first model, unless another knows far more of the texts. */
  async propose(table: Table, texts: CountedTexts, pause?: Pause): Promise<string> {
    const { better } = await this.compare(table, texts, defaultBaseModel, pause);
    return better?.baseModel ?? defaultBaseModel;
  }

  /** Other models are asked only where it matters: their files are fetched for that. */
  private async compare(table: Table, texts: CountedTexts, baseModel: string, pause?: Pause): Promise<Pick<TextMeasure, 'better' | 'worse'>> {
    const own = await this.coverage(table, texts, baseModel, pause);
    if (own === null || (own.unknownTokenShare <= muchUnknown && baseModel === defaultBaseModel)) return { better: null, worse: null };
    const others: ModelCoverage[] = [];
    for (const { id } of baseModels) {
      const other = id === baseModel ? null : await this.coverage(table, texts, id, pause);
      if (other) others.push(other);
    }
    return { better: betterCoverage(own, others), worse: others.find((other) => betterCoverage(other, [own]) !== null) ?? null };
  }

  private async coverage(table: Table, texts: CountedTexts, baseModel: string, pause?: Pause): Promise<ModelCoverage | null> {
    const counted = await this.count(table, texts, baseModel, pause);
    if (!counted) return null;
    const total = totalOf(counted.lengths);
    return { baseModel, unknownTokenShare: total > 0 ? counted.unknownTokens / total : 0 };
  }

  /** For the data doctor: the same figures, and the first rows that are cut. */
  async cut(table: Table, texts: CountedTexts, baseModel: string, maxLength: number, pause?: Pause): Promise<TokenFacts | null> {
    const counted = await this.count(table, texts, baseModel, pause);
    const measure = await this.measure(table, texts, baseModel, maxLength, pause);
    if (!counted || !measure) return null;
    const places: number[] = [];
    counted.lengths.forEach((length, index) => {
      if (length > maxLength) places.push(counted.chosen?.[index] ?? index);
    });
    const rows = places
      .sort((left, right) => left - right)
      .slice(0, mostFindingRows)
      .map((place) => table.rowNumbers[place] ?? 0);
    const { cutRows, cutTokenShare, unknownTokenShare, better } = measure;
    const raised = raisedLength(counted.lengths, maxLength, this.limit);
    return { baseModel, maxLength, cutRows, cutTokenShare, unknownTokenShare, better, raised, rows };
  }

  /** Every row is counted, in a long file too. Null when the tokenizer cannot be had. */
  async tooLong(table: Table, texts: CountedTexts, baseModel: string, maxLength: number, pause?: Pause): Promise<Set<number> | null> {
    const counted = await this.count(table, texts, baseModel, pause, true);
    if (!counted) return null;
    const rows = new Set<number>();
    counted.lengths.forEach((length, place) => {
      if (length > maxLength) rows.add(table.rowNumbers[place] ?? 0);
    });
    return rows;
  }

  /** Both texts of a pair count, and the words of tagged ones one by one, as they are encoded. */
  private async count(table: Table, { task, data }: CountedTexts, baseModel: string, pause: Pause = pausesFor(), all = false): Promise<Lengths | null> {
    const isTagged = taskKinds[task].target === 'tokens';
    const key = JSON.stringify([data.textColumn, data.textPairColumn, isTagged]);
    const before = this.last.get(baseModel);
    if (before?.table === table && before.key === key && (!all || before.chosen === null)) return before;
    const cellsOf = (column: string | undefined) => table.columns.find(({ name }) => name === column)?.cells;
    const [cells, pairCells] = [cellsOf(data.textColumn), cellsOf(data.textPairColumn)];
    const tokenizer = await this.load(baseModel);
    if (!cells || !tokenizer) return null;
    const rows = table.rowNumbers.length;
    // In order, for that is cheaper to read from a large table.
    const chosen = all || rows <= MOST_COUNTED_ROWS ? null : Uint32Array.from(seededPermutation(rows, 0, SAMPLE_STREAM).subarray(0, MOST_COUNTED_ROWS)).sort();
    const lengths = new Uint32Array(chosen?.length ?? rows);
    let unknownTokens = 0;
    for (let index = 0; index < lengths.length; index += 1) {
      const row = chosen?.[index] ?? index;
      const text = cells.at(row) ?? '';
      const { inputIds } = isTagged ? tokenizer.encodeWords(wordsOf(text), Infinity) : tokenizer.encode(text, pairCells?.at(row) ?? null, Infinity);
      for (const id of inputIds) if (id === tokenizer.unknownId) unknownTokens++;
      lengths[index] = inputIds.length;
      const due = pause();
      if (due !== null) await due;
    }
    const counted = { table, key, lengths, chosen, unknownTokens };
    this.last.set(baseModel, counted);
    return counted;
  }

  private load(baseModel: string): Promise<TextTokenizer | null> {
    const before = this.tokenizers.get(baseModel);
    if (before) return before;
    const loading = this.read(baseModel).catch(() => {
      this.tokenizers.delete(baseModel);
      return null;
    });
    this.tokenizers.set(baseModel, loading);
    return loading;
  }

  private async read(baseModel: string): Promise<TextTokenizer> {
    const folder = this.addressOf(baseModel);
    const json = async (name: string): Promise<unknown> => {
      const answer = await fetch(folder + name);
      if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
      return answer.json();
    };
    const [tokenizerJson, tokenizerConfig] = await Promise.all([json('tokenizer.json'), json('tokenizer_config.json')]);
    return new TextTokenizer(tokenizerJson, tokenizerConfig);
  }
}
