/** The seam for what one leaves with: one folder an exporter, listed in registry.ts. */
import type { Chunks, DatasetCounts, Recipe, Report } from '../domain';

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

export interface RunFacts {
  /** As a person knows it: adapter name or "CPU", and backend. */
  device: string;
  /** Optimizer steps done, and the one the weights are from. */
  steps: number;
  bestStep: number;
  seconds: number;
  /** Of this program. */
  version: string;
}

/** Everything an exporter may use. Labels and file names are a stranger's text and must be escaped where they are shown. */
export interface ExportContext {
  recipe: Recipe;
  report: Report;
  counts: DatasetCounts;
  /** In label-id order. */
  labels: string[];
  data: { fileName: string; testFileName: string | null };
  /** The base model's `config.json`. */
  baseConfig: JsonObject;
  modelType: 'bert' | 'distilbert';
  /** The base model had no pooler, so the run started from a new one. */
  newPooler: boolean;
  /** The tuned weights as a whole `model.safetensors`, head included. */
  weights: Uint8Array;
  /** The base model's other files by name: `tokenizer.json` and what else it came with. */
  baseFiles: ReadonlyMap<string, Uint8Array>;
  run: RunFacts;
  /** Of the text that is written for people. */
  language: 'en' | 'zh';
}

export interface ExportEntry {
  /** Fixed by the exporter, never made from a stranger's text. */
  name: string;
  content: Uint8Array | Chunks;
}

export interface Exporter {
  id: string;
  /** In the order they are best written. @throws AnnealError `model.missing-file`, `model.bad-config` (base files) */
  files(context: ExportContext): AsyncIterable<ExportEntry>;
}
