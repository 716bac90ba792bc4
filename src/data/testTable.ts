/** Tables and recipes for tests. */
import type { Dataset, Recipe, Table } from '../domain';
import { exampleRecipe } from '../domain/recipe.fixture';
import { readTable, type ImportOptions } from './importTable';
import { plainExample } from './preparedRow';

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Bytes of text whose characters are all below U+0100, as ISO-8859-1. */
export const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

/** Bytes from hexadecimal digits, spaces allowed. */
export const fromHex = (digits: string): Uint8Array =>
  Uint8Array.from(digits.replaceAll(' ', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

export function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index += 1) view.setUint16(index * 2, text.charCodeAt(index), littleEndian);
  return bytes;
}

export const joined = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

export const read = (text: string | Uint8Array, options: ImportOptions = {}): Promise<Table> =>
  readTable({ name: 'test.csv', bytes: typeof text === 'string' ? bytesOf(text) : text }, options);

export function rowsOf(table: Table): string[][] {
  return Array.from(table.rowNumbers, (_, index) => table.columns.map((column) => column.cells.at(index) ?? ''));
}

/** With its texts in it, so that two can be compared. */
export const plainDataset = (dataset: Dataset): Dataset => ({
  ...dataset,
  train: dataset.train.map(plainExample),
  validation: dataset.validation.map(plainExample),
  test: dataset.test.map(plainExample),
});

interface RecipeParts {
  data?: Partial<Recipe['data']>;
  split?: Partial<Recipe['split']>;
  sample?: Recipe['sample'];
  seed?: number;
}

export function recipeOf({ data, split, sample, seed = 42 }: RecipeParts = {}): Recipe {
  return {
    ...exampleRecipe,
    data: { ...exampleRecipe.data, ...data },
    split: { ...exampleRecipe.split, ...split },
    sample: sample ?? exampleRecipe.sample,
    training: { ...exampleRecipe.training, seed },
  };
}
