/** Reading `config.json`: one helper for every architecture, with the broken field named. */
import * as v from 'valibot';
import { AnnealError } from '../domain';
import type { Activation } from '../engine';

/** Limits against hostile configurations: the largest encoders in use stay far below. */
const LARGEST_SIZE = 65_536;
const LARGEST_VOCABULARY = 1_000_000;

export const size = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LARGEST_SIZE));
export const vocabularySize = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LARGEST_VOCABULARY));
export const probability = v.pipe(v.number(), v.minValue(0), v.ltValue(1));
export const epsilon = v.pipe(v.number(), v.gtValue(0), v.maxValue(0.1));

/** Hugging Face's activation names that the engine has. */
export const activation = v.pipe(
  v.picklist(['gelu', 'gelu_new', 'relu']),
  v.transform((name): Activation => name),
);

/** @throws AnnealError `model.bad-config` */
export function parseFields<Schema extends v.GenericSchema>(schema: Schema, json: unknown, file: string): v.InferOutput<Schema> {
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = issue.path?.map(({ key }) => String(key)).join('.') ?? '';
  throw new AnnealError('model.bad-config', { file, field, value: String(issue.received) });
}

/** @throws AnnealError `model.bad-config` when the hidden size cannot be cut into heads */
export function checkHeads(hiddenSize: number, heads: number, file: string, field: string): void {
  if (hiddenSize % heads !== 0) throw new AnnealError('model.bad-config', { file, field, value: `${heads} of ${hiddenSize}` });
}
