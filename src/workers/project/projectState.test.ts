import { expect, it } from 'vitest';
import { plainExample } from '../../data';
import type { Recipe } from '../../domain';
import { ProjectState } from './projectState';

const fileOf = (rows: number, name: string) => new File([`text,label\n${Array.from({ length: rows }, (_, row) => `${name} number ${row} says something,${row % 2 ? 'a' : 'b'}\n`).join('')}`], `${name}.csv`);
const never = new AbortController().signal;

async function opened(rows = 60): Promise<{ state: ProjectState; recipe: Recipe; open: (file: File) => Promise<void> }> {
  const state = await ProjectState.create('http://localhost:1/');
  const open = (file: File) => state.importFile(file, 'data', { choice: {}, signal: never });
  await open(fileOf(rows, 'first'));
  const { recipe } = await state.snapshot();
  if (recipe === null) throw new Error('The columns were not found.');
  return { state, recipe, open };
}

it('prepares the rows once for recipes that make the same of them, and anew for another file', async () => {
  const { state, recipe, open } = await opened();
  const { train } = await state.dataset(recipe, never);
  const training = { ...recipe.training, learningRate: 1e-3, maxLength: 12 };
  expect((await state.dataset({ ...recipe, training }, never)).train).toBe(train);
  expect((await state.dataset({ ...recipe, training: { ...recipe.training, seed: 7 } }, never)).train).not.toBe(train);
  expect((await state.dataset(recipe, never)).train.map(plainExample)).toEqual(train.map(plainExample));
  await open(fileOf(60, 'second'));
  const after = await state.dataset(recipe, never);
  expect(after.train.every(({ text }) => text.startsWith('second'))).toBe(true);
  expect(after.files?.data.name).toBe('second.csv');
});

it('ends work on a table that is replaced, or that nobody waits for any more', async () => {
  const { state, recipe, open } = await opened(40_000);
  const stop = new AbortController();
  const unwanted = state.dataset(recipe, stop.signal);
  const outdated = state.dataset({ ...recipe, training: { ...recipe.training, seed: 7 } }, never);
  stop.abort();
  await expect(unwanted).rejects.toThrow('cancelled');
  const replaced = open(fileOf(60, 'second'));
  await expect(outdated).rejects.toThrow('cancelled');
  await replaced;
  expect((await state.dataset(recipe, never)).counts.rows.file).toBe(60);
});
