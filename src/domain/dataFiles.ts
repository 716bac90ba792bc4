/** Which files a run learnt from, and whether its report still speaks of the data as they are now. */
import { finalFixes } from './fixes';
import type { Recipe } from './recipe';

/** A file by its content: another one of the same name, size and row count is told apart. */
export interface FileFingerprint {
  name: string;
  bytes: number;
  /** Of the rows as they were read, in lower-case hexadecimal. */
  sha256: string;
}

export interface DataFiles {
  data: FileFingerprint;
  /** Null where the test rows are split off. */
  test: FileFingerprint | null;
}

/** One text for values that mean the same: keys in order, nothing for what is absent. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    // As a list: as a key of a new object, a label like `__proto__` would be lost on the way.
    return Object.entries(part)
      .filter(([, entry]) => entry !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1));
  });
}

/** What of a recipe decides which rows there are, on which side, with which label. */
function dataPart({ task, data: { fixes = [], mends = [], ...data }, split }: Recipe): string {
  const cells = finalFixes(fixes).map(({ file, row, column, to }) => JSON.stringify([file, row, column, to]));
  // Mends are done in an order of their own, whatever order they were chosen in.
  return canonical({ task, data, split, mends: mends.map(canonical).sort(), fixes: cells.sort() });
}

export interface DataState {
  recipe: Recipe;
  /** Null in a log of before files were held, and where they are not known. */
  files: DataFiles | null;
}

/** Whether the data have changed since the run: labels, mends, columns, task, split or files. Settings do not count. */
export function isOlderThanData(run: DataState, now: DataState): boolean {
  if (dataPart(run.recipe) !== dataPart(now.recipe)) return true;
  return run.files !== null && now.files !== null && canonical(run.files) !== canonical(now.files);
}
