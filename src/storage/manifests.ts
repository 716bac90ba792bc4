/** What a project is made of: two documents, because two workers write at the same time, each its own. */
import * as v from 'valibot';
import { recipeSchema } from '../domain';

/** One name in a project's folder. */
const fileName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/));
export function isFileName(name: string): boolean {
  return v.is(fileName, name);
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const storedFileSchema = v.object({ file: fileName, sha256: v.string(), bytes: count });
/** A file of the project's folder that is never changed once a manifest names it. */
export type StoredFile = v.InferOutput<typeof storedFileSchema>;

/** A table: what is said of it, and beside it the file that its cells lie in. */
const storedTableSchema = v.object({ ...storedFileSchema.entries, cells: fileName });
export type StoredTable = v.InferOutput<typeof storedTableSchema>;

/** Written by the project worker. */
export const projectPartSchema = v.object({
  /** Name of the project's folder. A new data file is a new project, so everything of the old one goes with its id. */
  projectId: fileName,
  data: v.nullable(storedTableSchema),
  test: v.nullable(storedTableSchema),
  recipe: v.nullable(recipeSchema),
});
export type ProjectPart = v.InferOutput<typeof projectPartSchema>;

/** Written by the training worker. */
export const runPartSchema = v.object({
  runId: v.string(),
  /** Grows by appending, so it has no hash: every line stands for itself. */
  eventsFile: fileName,
  weights: v.nullable(v.object({ ...storedFileSchema.entries, step: count })),
  /** As a list: as a key, a name like `constructor` would be lost on the way. */
  files: v.array(v.object({ ...storedFileSchema.entries, name: fileName })),
});
export type RunPart = v.InferOutput<typeof runPartSchema>;

export interface ProjectManifest extends ProjectPart {
  run: RunPart | null;
}
