/** Reads an exported folder back as if a stranger had sent it, so that its predictions can be compared with the run's. */
import * as v from 'valibot';
import { AnnealError } from '../domain';
import { readTensors, type Tensor } from '../models';
import type { JsonObject } from './exporter';

/** Logits: absolute difference that rounding alone can make. */
export const DEFAULT_LOGIT_LIMIT = 1e-4;

const jsonObject = v.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));

const configSchema = v.looseObject({
  architectures: v.pipe(
    v.array(v.picklist(['BertForSequenceClassification', 'DistilBertForSequenceClassification', 'BertForTokenClassification', 'DistilBertForTokenClassification'])),
    v.length(1),
  ),
  model_type: v.picklist(['bert', 'distilbert']),
  /** None for tokens: transformers has no word for it. */
  problem_type: v.optional(v.picklist(['single_label_classification', 'multi_label_classification', 'regression'])),
  // Not `v.record`: it leaves out keys such as `constructor`, and every label must be there.
  id2label: jsonObject,
  label2id: jsonObject,
});

export interface ExportedFolder {
  config: v.InferOutput<typeof configSchema>;
  /** Float tensors of `model.safetensors`. */
  tensors: Map<string, Tensor>;
  tokenizerJson: JsonObject;
  tokenizerConfig: JsonObject;
  /** In label-id order. */
  labels: string[];
}

/** @throws AnnealError `model.missing-file`, `model.bad-config`, `model.bad-file` (weights) */
export function parseExportedFolder(files: ReadonlyMap<string, Uint8Array>): ExportedFolder {
  const parsed = v.safeParse(configSchema, readJsonObject(files, 'config.json'));
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw badConfig(v.getDotPath(issue) ?? '', String(issue.received));
  }
  return {
    config: parsed.output,
    tensors: readTensors(fileOf(files, 'model.safetensors'), 'model.safetensors'),
    tokenizerJson: readJsonObject(files, 'tokenizer.json'),
    tokenizerConfig: readJsonObject(files, 'tokenizer_config.json'),
    labels: labelsOf(parsed.output.id2label, parsed.output.label2id, parsed.output.problem_type === 'single_label_classification' ? 2 : 1),
  };
}

/** A JSON file of a model. @throws AnnealError `model.missing-file`, `model.bad-config` */
export function readJsonObject(files: ReadonlyMap<string, Uint8Array>, name: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(fileOf(files, name)));
  } catch (error) {
    if (error instanceof AnnealError) throw error;
    throw badConfig('', 'not JSON', name);
  }
  if (!v.is(jsonObject, value)) throw badConfig('', 'not an object', name);
  return value;
}

function fileOf(files: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  const bytes = files.get(name);
  if (bytes === undefined) throw new AnnealError('model.missing-file', { file: name });
  return bytes;
}

/** The two maps must be each other's inverse, over the ids 0, 1, 2, ... */
function labelsOf(id2label: JsonObject, label2id: JsonObject, fewest: number): string[] {
  const labels: string[] = [];
  for (let id = 0; id < Object.keys(id2label).length; id += 1) {
    const label = id2label[String(id)];
    if (typeof label !== 'string') throw badConfig('id2label', String(id));
    if (!Object.hasOwn(label2id, label) || label2id[label] !== id) throw badConfig('label2id', label);
    labels.push(label);
  }
  if (labels.length < fewest) throw badConfig('id2label', `${labels.length} labels`);
  if (Object.keys(label2id).length !== labels.length) throw badConfig('label2id', 'more labels than id2label');
  return labels;
}

function badConfig(field: string, value: string, file = 'config.json'): AnnealError {
  return new AnnealError('model.bad-config', { file, field, value: value.slice(0, 200) });
}

export interface LogitComparison {
  rows: number;
  /** Rows with a logit that is not within the limit. */
  differing: number;
  /** Infinity where a logit is missing or is no number. */
  largestDifference: number;
}

/**
 * @param expected logits of the run's report, row by row
 * @param actual those of the model that was read back
 * @param limit absolute
 * @throws AnnealError `export.differs` where a single row is not within the limit
 */
export function compareLogits(expected: number[][], actual: number[][], limit = DEFAULT_LOGIT_LIMIT): LogitComparison {
  const rows = Math.max(expected.length, actual.length);
  let differing = 0;
  let largestDifference = 0;
  for (let row = 0; row < rows; row += 1) {
    const difference = rowDifference(expected[row] ?? [], actual[row] ?? []);
    largestDifference = Math.max(largestDifference, difference);
    if (!(difference <= limit)) differing += 1;
  }
  // Nothing compared is nothing shown to be equal.
  if (rows === 0 || differing > 0) throw new AnnealError('export.differs', { rows, differing, largestDifference, limit });
  return { rows, differing, largestDifference };
}

function rowDifference(expected: number[], actual: number[]): number {
  if (expected.length !== actual.length || expected.length === 0) return Infinity;
  let largest = 0;
  expected.forEach((value, index) => {
    const difference = Math.abs(value - (actual[index] ?? NaN));
    // NaN is no distance; as the largest of all it fails every limit.
    largest = Math.max(largest, Number.isNaN(difference) ? Infinity : difference);
  });
  return largest;
}
