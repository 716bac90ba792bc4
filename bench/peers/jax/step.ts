/** The same training step in jax-js: forward, gradients, clipping and AdamW, compiled as one program. */
import { blockUntilReady, defaultDevice, init, jit, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import type { Batch, Graph } from '../../../src/engine';
import { batchOf, LABELS, settings, uniformNumbers, type StepWork } from '../../step/models';
import { PeerMissing, type StartedPeer, type StepNumbers, type Stepper } from '../../step/stepper';
import { dropoutsOf, lossOf, type BatchArrays, type ForwardShape, type Tree } from './forward';

type State = { parameters: Tree; first: Tree; second: Tree };
/** [learning rate / (1 - beta1^t), 1 / sqrt(1 - beta2^t), 1 - learning rate * decay] */
type Scalars = np.Array;

const isWeight = (name: string): boolean => name.endsWith('.weight') && !name.includes('embeddings') && !name.includes('LayerNorm');

function transposed(data: Float32Array, rows: number, columns: number): Float32Array<ArrayBuffer> {
  const result = new Float32Array(data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) result[column * rows + row] = data[row * columns + column] ?? 0;
  }
  return result;
}

function uploadState({ graph, parameters }: StepWork): State {
  const state: State = { parameters: {}, first: {}, second: {} };
  for (const { name } of graph.parameters) {
    const tensor = parameters.get(name);
    if (!tensor) throw new Error(`Parameter ${name} has no values.`);
    const [rows = 1, columns = 1] = tensor.shape;
    const turned = isWeight(name);
    const shape = turned ? [columns, rows] : tensor.shape;
    const data = turned ? transposed(tensor.data, rows, columns) : new Float32Array(tensor.data);
    state.parameters[name] = np.array(data).reshape(shape);
    state.first[name] = np.array(new Float32Array(data.length)).reshape(shape);
    state.second[name] = np.array(new Float32Array(data.length)).reshape(shape);
  }
  return state;
}

function uploadBatch({ inputIds, tokenTypeIds, labels, rows }: Batch, dropouts: number, next: () => number): BatchArrays {
  const targets = new Float32Array(rows * LABELS);
  labels.forEach((label, row) => { targets[row * LABELS + label] = 1; });
  return {
    ids: np.array(new Int32Array(inputIds)),
    types: np.array(Float32Array.from(tokenTypeIds)).reshape([tokenTypeIds.length, 1]),
    targets: np.array(targets).reshape([rows, LABELS]),
    keys: np.array(Uint32Array.from({ length: 2 * dropouts }, () => next() * 4294967296)).reshape([dropouts, 2]),
  };
}

function pick(from: Tree, name: string): np.Array {
  const array = from[name];
  if (!array) throw new Error(`${name} is missing.`);
  return array;
}

function makeStep(shape: ForwardShape, graph: Graph) {
  const { adamBeta1, adamBeta2, adamEpsilon, maxGradNorm } = settings;
  return jit((state: State, batch: BatchArrays, scalars: Scalars) => {
    const differentiate = valueAndGrad((parameters: Tree, given: BatchArrays) => lossOf(shape, parameters, given));
    const [loss, gradients] = differentiate(tree.ref(state.parameters), batch);
    const sums = graph.parameters.map(({ name }) => np.square(pick(gradients, name).ref).sum());
    const norm = np.sqrt(np.stack(sums).sum());
    const coefficient = np.minimum(np.reciprocal(norm.ref.add(1e-6)).mul(maxGradNorm), 1);
    const rate = scalars.ref.slice(0);
    const inverseRoot = scalars.ref.slice(1);
    const decayed = scalars.slice(2);
    const next: State = { parameters: {}, first: {}, second: {} };
    for (const { name, decay } of graph.parameters) {
      const gradient = pick(gradients, name).mul(coefficient.ref);
      const first = pick(state.first, name).mul(adamBeta1).add(gradient.ref.mul(1 - adamBeta1));
      const second = pick(state.second, name).mul(adamBeta2).add(np.square(gradient).mul(1 - adamBeta2));
      const update = first.ref.mul(rate.ref).div(np.sqrt(second.ref).mul(inverseRoot.ref).add(adamEpsilon));
      const old = pick(state.parameters, name);
      next.parameters[name] = (decay ? old.mul(decayed.ref) : old).sub(update);
      next.first[name] = first;
      next.second[name] = second;
    }
    for (const array of [rate, inverseRoot, decayed, coefficient]) array.dispose();
    return { state: next, numbers: np.stack([loss, norm]) };
  });
}

/**
 * Steps whose results may be outstanding, as for our engine. On the processor one: the next step's memory would only come
 * on top of this one's.
 */
const AHEAD = { wasm: 0, webgpu: 2 };

async function readNumbers(numbers: np.Array): Promise<StepNumbers> {
  const [loss = NaN, gradientNorm = NaN] = await numbers.data();
  return { loss, gradientNorm };
}

function openStepper(work: StepWork, dropout: boolean, ahead: number): Stepper {
  const shape = { config: work.config, rows: work.batch, length: work.length, dropout };
  const step = makeStep(shape, work.graph);
  const next = uniformNumbers(99);
  let state = uploadState(work);
  const { learningRate, weightDecay, adamBeta1, adamBeta2 } = settings;
  return {
    async run(done, count) {
      const outstanding: Promise<StepNumbers>[] = [];
      let last: StepNumbers = { loss: NaN, gradientNorm: NaN };
      for (let number = done + 1; number <= done + count; number++) {
        const scalars = np.array(Float32Array.of(
          learningRate / (1 - adamBeta1 ** number), 1 / Math.sqrt(1 - adamBeta2 ** number), 1 - learningRate * weightDecay,
        ));
        const result = step(state, uploadBatch(batchOf(work, number), dropoutsOf(work.config), next), scalars);
        state = result.state;
        outstanding.push(readNumbers(result.numbers));
        while (outstanding.length > ahead) last = await (outstanding.shift() ?? last);
      }
      for (const numbers of outstanding) last = await numbers;
      await blockUntilReady(state);
      return last;
    },
    dispose() {
      tree.dispose(state);
      step.dispose();
    },
  };
}

/** @throws PeerMissing where jax-js cannot start the device */
export async function startJax(device: 'wasm' | 'webgpu'): Promise<StartedPeer> {
  const started = await init(device);
  if (!started.includes(device)) throw new PeerMissing(`jax-js has no ${device} here`);
  defaultDevice(device);
  const threads = device === 'wasm' ? `, ${navigator.hardwareConcurrency} threads` : '';
  return { device: `jax-js ${device}${threads}`, open: async (work, dropout) => openStepper(work, dropout, AHEAD[device]) };
}
