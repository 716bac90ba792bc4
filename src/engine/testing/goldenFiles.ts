/** A golden case from the bytes of its files, wherever they come from (disk in Node, fetch in the browser). */
import { matchParameters, readSafetensorsHeader, readTensors, recognizeModel } from '../../models';
import type { Tensor } from '..';
import type { GoldenBatch, GoldenCase, GoldenTraining } from './golden';

export type ReadFile = (path: string) => Promise<Uint8Array>;

async function readJson<Content>(read: ReadFile, path: string): Promise<Content> {
  return JSON.parse(new TextDecoder().decode(await read(path))) as Content;
}

/** Sampled indices are I32 tensors, which the weights' reader passes over. */
function readIndices(bytes: Uint8Array): Map<string, Int32Array> {
  const header = readSafetensorsHeader(bytes, bytes.length, 'expected.safetensors');
  const indices = new Map<string, Int32Array>();
  for (const [name, { dtype, begin, end }] of header.entries) {
    if (dtype !== 'I32') continue;
    indices.set(name, new Int32Array(bytes.slice(header.bufferStart + begin, header.bufferStart + end).buffer));
  }
  return indices;
}

interface Weights {
  configPath: string;
  tensors: Map<string, Tensor>;
  numberOfLabels: number;
}

async function readCase(read: ReadFile, folder: string, weights: Weights): Promise<GoldenCase> {
  const { architecture, model } = recognizeModel(await readJson(read, weights.configPath), 'config.json');
  const graph = model.sequenceClassificationGraph(weights.numberOfLabels);
  const { parameters, initialized } = matchParameters(architecture, graph, weights.tensors, 0);
  if (initialized.length > 0) throw new Error(`The golden model lacks ${initialized.join(', ')}.`);
  const expectedBytes = await read(`${folder}/expected.safetensors`);
  return {
    graph,
    parameters,
    batch: await readJson<GoldenBatch>(read, `${folder}/batch.json`),
    expected: readTensors(expectedBytes, 'expected.safetensors'),
    indices: readIndices(expectedBytes),
    training: await readJson<GoldenTraining>(read, `${folder}/training.json`),
  };
}

/** `name`: tiny-bert or tiny-distilbert. */
export async function readTinyCase(read: ReadFile, name: string): Promise<GoldenCase> {
  const folder = `parity/golden/${name}`;
  const tensors = readTensors(await read(`${folder}/model.safetensors`), `${name}/model.safetensors`);
  return readCase(read, folder, { configPath: `${folder}/config.json`, tensors, numberOfLabels: 5 });
}

/** The models in the box with a golden case, by the case's name. */
const BUNDLED = {
  'minilm-batch': { model: 'all-MiniLM-L6-v2', hashedPooler: false },
  'bge-batch': { model: 'bge-small-zh-v1.5', hashedPooler: true },
} as const;

/** A bundled model, widened from fp16, with the golden head. */
export async function readBundledCase(read: ReadFile, name: keyof typeof BUNDLED): Promise<GoldenCase> {
  const { model, hashedPooler } = BUNDLED[name];
  const base = `public/models/${model}`;
  const parts = await Promise.all([0, 1, 2].map((part) => read(`${base}/model.safetensors.part-${part}`)));
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((offset, part) => (joined.set(part, offset), offset + part.length), 0);
  const tensors = readTensors(joined, 'model.safetensors');
  const folder = `parity/golden/${name}`;
  for (const [parameter, tensor] of readTensors(await read(`${folder}/head.safetensors`), 'head.safetensors')) tensors.set(parameter, tensor);
  const configPath = `${base}/config.json`;
  if (hashedPooler) {
    const { hidden_size: width } = await readJson<{ hidden_size: number }>(read, configPath);
    tensors.set('bert.pooler.dense.weight', { shape: [width, width], data: hashedWeights(width * width) });
    tensors.set('bert.pooler.dense.bias', { shape: [width], data: new Float32Array(width) });
  }
  return readCase(read, folder, { configPath, tensors, numberOfLabels: 6 });
}

/** Too large for a file: worked out from each element's index, as `hashed_pooler` of parity/golden_bundled.py does. */
function hashedWeights(length: number): Float32Array {
  return Float32Array.from({ length }, (_, index) => ((Math.imul(index, 2_654_435_761) >>> 0) / 2 ** 32 - 0.5) * 0.07);
}
