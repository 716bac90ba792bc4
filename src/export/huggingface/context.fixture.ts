/** A small finished run, for tests of exporters. */
import { readFileSync } from 'node:fs';
import type { DatasetCounts, Recipe, Report } from '../../domain';
import { exampleRecipe } from '../../domain/recipe.fixture';
import { writeSafetensors } from '../../models';
import type { ExportContext, ExportEntry } from '../exporter';

const baseFolder = new URL('../../../public/models/all-MiniLM-L6-v2/', import.meta.url);
const baseFile = (name: string): [string, Uint8Array] => [name, new Uint8Array(readFileSync(new URL(name, baseFolder)))];

export function contextOf(change: Partial<ExportContext> = {}): ExportContext {
  const labels = change.labels ?? ['no', 'yes'];
  const first = labels[0] ?? '';
  const recipe: Recipe = {
    ...exampleRecipe,
    baseModel: 'all-MiniLM-L6-v2',
    split: { ...exampleRecipe.split, testFraction: 0.2 },
    training: { ...exampleRecipe.training, numTrainEpochs: 3, perDeviceTrainBatchSize: 16, maxLength: 64 },
  };
  const report: Report = {
    kind: 'class',
    task: 'single-label-classification',
    labels,
    rows: 100,
    accuracy: 0.93,
    intervals: { accuracy: [0.863, 0.966], macroF1: [0.85, 0.96], loss: null },
    calibration: { expectedCalibrationError: 0, bins: [] },
    macroF1: 0.912,
    loss: 0.2154,
    baseline: { label: first, accuracy: 0.41 },
    classes: labels.map((label, id) => ({ label, precision: id === 0 ? 0.9 : null, recall: 0.8, f1: 0.85, support: 50 })),
    confusion: null,
    worstPairs: [],
    predictions: [],
  };
  const counts: DatasetCounts = {
    rows: { file: 510, used: 500, setAside: 10, train: 350, validation: 50, test: 100 },
    labels: labels.map((label) => ({ label, train: 175, validation: 25, test: 50 })),
    setAside: [],
    tidiedLabels: { rows: 0, firstRow: null },
    rareLabels: [],
  };
  return {
    recipe,
    report,
    counts,
    labels,
    data: { fileName: 'intents.csv', testFileName: null },
    baseConfig: JSON.parse(new TextDecoder().decode(baseFile('config.json')[1])) as ExportContext['baseConfig'],
    modelType: 'bert',
    newPooler: false,
    weights: writeSafetensors([['classifier.weight', { shape: [2, 3], data: new Float32Array(6) }]]),
    baseFiles: new Map(['tokenizer.json', 'tokenizer_config.json', 'special_tokens_map.json', 'vocab.txt', 'LICENSE'].map(baseFile)),
    run: { device: 'CPU', steps: 66, bestStep: 60, seconds: 125, version: '0.1.0' },
    language: 'en',
    ...change,
  };
}

export async function filesOf(entries: AsyncIterable<ExportEntry>): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for await (const { name, content } of entries) {
    if (!(content instanceof Uint8Array)) throw new Error(`${name} is not in one piece`);
    files.set(name, content);
  }
  return files;
}
