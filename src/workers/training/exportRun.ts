/** Writes a run as files, reads them back, and lets them go only if they predict every test row as the run did. */
import { AnnealError, type DatasetCounts, type Recipe, type Report, type RunEvent } from '../../domain';
import { compareLogits, exporters, parseExportedFolder, readZip, zipEntries, type ExportContext, type JsonObject } from '../../export';
import { openBaseModel, Predictor, type BaseModel } from '../../training';
import type { Backend } from '../../engine';
import { countedLogits, examplesOf, tasks } from '../../tasks';
import type { ExportFile, Progress } from '../protocol';

type Started = Extract<RunEvent, { kind: 'started' }>;
type Finished = Extract<RunEvent, { kind: 'finished' }>;

/** What is known of a finished run. */
export interface FinishedRun {
  started: Started;
  finished: Finished;
  weights: Uint8Array<ArrayBuffer>;
}

export interface ExportOptions {
  run: FinishedRun;
  base: BaseModel;
  backend: Backend;
  fileName: string;
  language: 'en' | 'zh';
  as: 'zip' | 'files';
  progress: (progress: Progress) => void;
  pause: () => Promise<void>;
}

function contextOf({ run, base, fileName, language }: ExportOptions): ExportContext {
  const { started, finished, weights } = run;
  const recipe: Recipe = started.recipe;
  const report: Report = finished.report;
  const counts: DatasetCounts = started.counts;
  const { modelType } = base.architecture;
  if (modelType !== 'bert' && modelType !== 'distilbert') throw new Error(`No export for ${modelType}.`);
  return {
    recipe,
    report,
    counts,
    labels: started.labels,
    data: { fileName, testFileName: null },
    // Read from config.json, so plain JSON.
    baseConfig: base.configJson as JsonObject,
    modelType,
    newPooler: modelType === 'bert' && recipe.task !== 'token-classification' && ![...base.tensors.keys()].some((name) => /(^|\.)pooler\./.test(name)),
    weights,
    baseFiles: base.files,
    run: {
      device: `${started.device.name}, ${started.device.backend}`,
      steps: finished.step,
      bestStep: finished.bestStep,
      seconds: finished.seconds,
      version: started.version,
    },
    language,
  };
}

async function toBlobs(stream: ReadableStream<Uint8Array>): Promise<Blob> {
  const parts: Blob[] = [];
  const reader = stream.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    // A Blob of its own lets the browser move each piece out of this thread's memory.
    parts.push(new Blob([new Uint8Array(chunk.value)]));
  }
  return new Blob(parts, { type: 'application/zip' });
}

/** Predicts every test row with nothing but the files. @throws AnnealError `export.differs` */
async function checkFiles(files: Map<string, Uint8Array>, { run, backend, progress, pause }: ExportOptions): Promise<{ rows: number; largestDifference: number }> {
  const { labels, tensors } = parseExportedFolder(files);
  const weights = files.get('model.safetensors');
  if (!weights) throw new AnnealError('model.missing-file', { file: 'model.safetensors' });
  const base = openBaseModel({ id: 'export', weights: new Uint8Array(weights), files: new Map([...files].map(([name, bytes]) => [name, new Uint8Array(bytes)])) });
  const { recipe } = run.started;
  const predictor = new Predictor({ backend, base, task: tasks[recipe.task], labels, tensors, seed: 0 });
  try {
    const { predictions } = run.finished.report;
    if (predictor.initialized.length > 0) throw new AnnealError('model.tensors-differ', { missing: [...predictor.initialized], unexpected: [], misshapen: [] });
    const task = tasks[recipe.task];
    const rows = examplesOf(run.finished.report).map((example) => task.encode(base.tokenizer.cutting(recipe.training), example, recipe.training.maxLength, { labels, scaler: null }));
    const logits = await predictor.predict(rows, recipe.training.perDeviceEvalBatchSize, async (done) => {
      progress({ phase: 'checking', done, total: rows.length });
      await pause();
    });
    const { rows: compared, largestDifference } = compareLogits(predictions.map(({ logits: expected }) => expected), logits.map((row, index) => countedLogits(row, rows[index], labels.length)));
    return { rows: compared, largestDifference };
  } finally {
    predictor.dispose();
  }
}

export async function exportRun(options: ExportOptions): Promise<{ files: ExportFile[]; check: { rows: number; largestDifference: number } }> {
  const [exporter] = exporters;
  if (!exporter) throw new Error('No exporter is registered.');
  options.progress({ phase: 'packing', done: 0, total: 1 });
  const zip = await toBlobs(zipEntries(exporter.files(contextOf(options))));
  options.progress({ phase: 'packing', done: 1, total: 1 });
  const files = await readZip(zip, 'model.zip');
  const check = await checkFiles(files, options);
  if (options.as === 'zip') return { files: [{ name: 'anneal-model.zip', blob: zip }], check };
  return { files: [...files].map(([name, bytes]) => ({ name, blob: new Blob([new Uint8Array(bytes)]) })), check };
}
