/**
 * Strings to token ids. Splitting is the kept tokenizer's, asked word by word where its kind allows; truncation and
 * special tokens are ours, because it offers neither (transformers' `truncation='longest_first'`).
 */
import { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers';
import * as v from 'valibot';
import { AnnealError } from '../domain';
import { SeparateWords } from './separateWords';

export interface EncodedText {
  inputIds: number[];
  tokenTypeIds: number[];
  /** Tokens of the whole text, special tokens included, before cutting. */
  uncutLength: number;
}

const tokenizerSchema = v.looseObject({
  model: v.looseObject({ type: v.optional(v.string()) }),
  normalizer: v.nullish(v.looseObject({ lowercase: v.optional(v.unknown()) })),
});

/** BERT's own steps, of which each looks at one word at most, and nothing that looks at the text between. */
const wordByWordSchema = v.object({
  normalizer: v.looseObject({ type: v.literal('BertNormalizer'), clean_text: v.literal(true), handle_chinese_chars: v.literal(true) }),
  pre_tokenizer: v.looseObject({ type: v.literal('BertPreTokenizer') }),
  model: v.looseObject({ type: v.literal('WordPiece') }),
  post_processor: v.nullish(v.looseObject({ type: v.picklist(['TemplateProcessing', 'BertProcessing']) })),
  added_tokens: v.array(v.looseObject({ content: v.pipe(v.string(), v.nonEmpty()), normalized: v.literal(false) })),
});
const wholeTextSchema = v.looseObject({ remove_space: v.optional(v.literal(false)), do_lowercase_and_remove_accent: v.optional(v.literal(false)) });

/** Texts that hold one of these are parted at it; null where words cannot be encoded one by one. */
function wordByWordUnless(tokenizerJson: unknown, tokenizerConfig: unknown): readonly string[] | null {
  const parsed = v.safeParse(wordByWordSchema, tokenizerJson);
  return parsed.success && v.is(wholeTextSchema, tokenizerConfig) ? parsed.output.added_tokens.map(({ content }) => content) : null;
}

export class TextTokenizer {
  private readonly tokenizer: HuggingFaceTokenizer;
  private readonly words = new SeparateWords((text) => this.libraryIds(text));
  private readonly addedTokens: readonly string[] | null;
  private readonly classifyId: number;
  private readonly separatorId: number;
  private readonly lowercases: boolean;
  readonly padId: number;
  readonly unknownId: number;
  private truncationSide: 'right' | 'left' = 'right';

  /** @throws AnnealError `model.bad-config` when the files are no tokenizer or lack BERT's special tokens */
  constructor(tokenizerJson: unknown, tokenizerConfig: unknown) {
    const parsed = v.safeParse(tokenizerSchema, tokenizerJson);
    if (!parsed.success || typeof tokenizerConfig !== 'object' || tokenizerConfig === null) {
      throw new AnnealError('model.bad-config', { file: 'tokenizer.json', field: 'model', value: '' });
    }
    try {
      this.tokenizer = new HuggingFaceTokenizer(parsed.output, tokenizerConfig);
    } catch (thrown) {
      throw new AnnealError('model.bad-config', { file: 'tokenizer.json', field: '', value: thrown instanceof Error ? thrown.message : String(thrown) });
    }
    this.addedTokens = wordByWordUnless(tokenizerJson, tokenizerConfig);
    this.lowercases = parsed.output.normalizer?.lowercase === true;
    this.classifyId = this.specialToken('[CLS]');
    this.separatorId = this.specialToken('[SEP]');
    this.padId = this.specialToken('[PAD]');
    this.unknownId = this.specialToken('[UNK]');
  }

  /** The same tokenizer, cutting at the side that a recipe says: with `left` the end of a long text is kept. */
  cutting({ truncationSide = 'right' }: { truncationSide?: 'right' | 'left' | undefined }): TextTokenizer {
    if (truncationSide === this.truncationSide) return this;
    const other = Object.create(TextTokenizer.prototype) as TextTokenizer;
    return Object.assign(other, this, { truncationSide });
  }

  private kept<Item>(items: readonly Item[], count: number): Item[] {
    return this.truncationSide === 'left' ? items.slice(Math.max(0, items.length - count)) : items.slice(0, count);
  }

  private specialToken(token: string): number {
    const id = this.tokenizer.token_to_id(token);
    if (id === undefined) throw new AnnealError('model.bad-config', { file: 'tokenizer.json', field: token, value: 'missing' });
    return id;
  }

  /**
   * `[CLS] text [SEP]`, or `[CLS] text [SEP] pair [SEP]` with token type 1 from the second text on.
   * @param maxLength special tokens included; Infinity for no cut
   */
  encode(text: string, pair: string | null, maxLength: number): EncodedText {
    const first = this.ids(text);
    const second = pair === null ? [] : this.ids(pair);
    const specialTokens = pair === null ? 2 : 3;
    const [keptFirst, keptSecond] = longestFirst(first.length, second.length, Math.max(0, maxLength - specialTokens));
    const inputIds = [this.classifyId, ...this.kept(first, keptFirst), this.separatorId];
    const tokenTypeIds = inputIds.map(() => 0);
    if (pair !== null) {
      const tail = [...this.kept(second, keptSecond), this.separatorId];
      inputIds.push(...tail);
      tokenTypeIds.push(...tail.map(() => 1));
    }
    return { inputIds, tokenTypeIds, uncutLength: first.length + second.length + specialTokens };
  }

  /**
   * Words that are told apart already (`is_split_into_words`), cut at `maxLength`: `[CLS] words [SEP]`, and the first
   * token of each word that has one and was not cut off.
   */
  encodeWords(words: readonly string[], maxLength: number): EncodedText & { firstTokens: { token: number; word: number }[] } {
    const pieces = words.flatMap((text, word) => this.ids(text).map((id, place) => ({ id, word, isFirst: place === 0 })));
    const kept = this.kept(pieces, Math.max(0, maxLength - 2));
    const inputIds = [this.classifyId, ...kept.map(({ id }) => id), this.separatorId];
    // A word whose beginning was cut off has no first token.
    const firstTokens = kept.flatMap(({ word, isFirst }, token) => (isFirst ? [{ token: token + 1, word }] : []));
    return { inputIds, tokenTypeIds: inputIds.map(() => 0), uncutLength: pieces.length + 2, firstTokens };
  }

  private ids(text: string): number[] {
    const isWordByWord = this.addedTokens !== null && !this.addedTokens.some((token) => text.includes(token));
    return isWordByWord ? this.words.ids(text) : this.libraryIds(text);
  }

  private libraryIds(text: string): number[] {
    // JavaScript lowers a word-final capital sigma to ς, Hugging Face's library every one to σ.
    const lowered = this.lowercases ? text.replaceAll('Σ', 'σ') : text;
    return this.tokenizer.encode(lowered, { add_special_tokens: false }).ids;
  }
}

/**
 * How many tokens of each text stay, as the `longest_first` of Hugging Face's tokenizers library does it: the longer
 * text is cut first, down to the shorter one's length; then both share the room, the longer one taking an odd token.
 */
export function longestFirst(first: number, second: number, room: number): [number, number] {
  if (first + second <= room) return [first, second];
  const firstIsLonger = first > second;
  let short = Math.min(first, second);
  let long = short > room ? short : Math.max(short, room - short);
  if (short + long > room) {
    short = Math.floor(room / 2);
    long = short + (room % 2);
  }
  return firstIsLonger ? [long, short] : [short, long];
}
