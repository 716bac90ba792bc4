/** A tiny BERT with a tokenizer for its 120 tokens, rows that it can tell apart, and a recipe. For tests. */
import { readFileSync } from 'node:fs';
import { uniform, type Dataset, type Example, type Recipe, type TrainingSettings } from '../domain';
import { openBaseModel } from './baseModel';
import { defaultRecipe } from './defaults';

export const LABELS = ['delivery', 'payment', 'account'];
/** Words that tell a label, and words that tell nothing; each is one token. */
const TELLING = [['parcel', 'courier'], ['card', 'refund'], ['login', 'password']];
const FILLING = ['my', 'the', 'please', 'where', 'help', 'today', 'again'];

function tinyTokenizer(): unknown {
  const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
  const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
  const known = [...special, ...letters, ...letters.map((letter) => `##${letter}`), ...TELLING.flat(), ...FILLING];
  const vocabulary = [...known, ...Array.from({ length: 120 - known.length }, (_, index) => `[unused${index}]`)];
  return {
    version: '1.0',
    added_tokens: special.map((content, id) => ({ id, content, special: true, single_word: false, lstrip: false, rstrip: false, normalized: false })),
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: null,
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
    },
  };
}

export const fromDisk = (name: string) => new Uint8Array(readFileSync(`parity/golden/tiny-bert/${name}`));
export const base = openBaseModel({
  id: 'tiny',
  weights: fromDisk('model.safetensors'),
  files: new Map([['config.json', fromDisk('config.json')], ['tokenizer.json', new TextEncoder().encode(JSON.stringify(tinyTokenizer()))]]),
});

/** Rows of all labels in turn, each with one telling word, said twice, somewhere among fillers. */
function examples(count: number, stream: number): Example[] {
  return Array.from({ length: count }, (_, index) => {
    const label = index % LABELS.length;
    const pick = (words: readonly string[], place: number) => words[Math.floor(uniform(5, stream, index * 16 + place) * words.length)] ?? '';
    const words = Array.from({ length: 1 + (index % 5) }, (__, place) => pick(FILLING, place));
    const telling = pick(TELLING[label] ?? [], 14);
    words.splice(Math.floor(uniform(5, stream, index * 16 + 15) * words.length), 0, telling, telling);
    return { text: words.join(' '), target: { kind: 'class', label }, row: index + 2 };
  });
}

export function datasetOf(rows: number): Dataset {
  const sides = { train: examples(rows, 1), validation: examples(15, 2), test: examples(20, 3) };
  const counts = { file: rows + 35, used: rows + 35, setAside: 0, train: rows, validation: 15, test: 20 };
  return { labels: LABELS, scaler: null, ...sides, counts: { rows: counts, labels: [], setAside: [], tidiedLabels: { rows: 0, firstRow: null }, rareLabels: [] } };
}

export const dataset = datasetOf(42);

export function recipeOf(change: Partial<TrainingSettings> = {}): Recipe {
  const recipe = defaultRecipe({ textColumn: 'text', labelColumn: 'label', rows: 77, labels: LABELS.length, baseModel: 'tiny' });
  const training = { numTrainEpochs: 12, learningRate: 1e-2, perDeviceTrainBatchSize: 8, earlyStoppingPatience: 0, ...change };
  return { ...recipe, training: { ...recipe.training, ...training } };
}
