/**
 * Compares a session with PyTorch's golden values (parity/golden). Runs in Node and, built into the test page, in the
 * browser, so that every backend faces the same checks. Not part of the product.
 */
import type { Backend, Batch, EngineSession, Graph, StepSettings, Tensor } from '..';

export interface GoldenBatch {
  inputIds: number[][];
  attentionMask: number[][];
  tokenTypeIds: number[][] | null;
  labels: number[];
}

export interface GoldenTraining {
  steps: number;
  warmupSteps: number;
  weightDecay: number;
  adamBeta1: number;
  adamBeta2: number;
  adamEpsilon: number;
  maxGradNorm: number;
  losses: number[];
  gradientNorms: number[];
  learningRates: number[];
  batches: GoldenBatch[];
}

export interface GoldenCase {
  graph: Graph;
  parameters: Map<string, Tensor>;
  batch: GoldenBatch;
  expected: Map<string, Tensor>;
  training: GoldenTraining;
  /** Integer tensors of `expected` (sampled indices), by name. */
  indices: Map<string, Int32Array>;
}

export interface GoldenResult {
  logitsDifference: number;
  lossDifference: number;
  /** Largest difference of a gradient as a share of what is allowed for it (1 = just within), and whose it is. */
  worstGradient: { name: string; share: number };
  gradientsCompared: number;
  /** Largest difference over all 20 losses, relative. */
  worstLoss: number;
  losses: number[];
}

/** The gradient of a key's bias is exactly zero; what is computed is rounding noise (softmax ignores a shift). */
const isKeyBias = (name: string) => /(attention\.self\.key|attention\.k_lin)\.bias$/.test(name);

export function toBatch({ inputIds, attentionMask, tokenTypeIds, labels }: GoldenBatch): Batch {
  const length = inputIds[0]?.length ?? 0;
  const flat = (rows: number[][]) => Int32Array.from(rows.flat());
  return {
    rows: inputIds.length,
    length,
    inputIds: flat(inputIds),
    attentionMask: flat(attentionMask),
    tokenTypeIds: tokenTypeIds ? flat(tokenTypeIds) : new Int32Array(inputIds.length * length),
    labels: Int32Array.from(labels),
  };
}

/** Largest |a - b|; Infinity when sizes differ or a value is not a number, so that NaN can never pass. */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let largest = 0;
  for (let index = 0; index < expected.length; index++) {
    const difference = Math.abs((actual[index] ?? NaN) - (expected[index] ?? NaN));
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}

const largestMagnitude = (values: ArrayLike<number>) => largestDifference(values, new Float32Array(values.length));

function compareGradients(gradients: Map<string, Tensor>, golden: GoldenCase): { worst: GoldenResult['worstGradient']; compared: number } {
  const norm = golden.expected.get('gradientNorm')?.data[0] ?? NaN;
  let worst = { name: '', share: 0 };
  let compared = 0;
  for (const [name, { data }] of gradients) {
    const allowedNoise = 1e-6 * norm;
    let share: number;
    if (isKeyBias(name)) share = largestMagnitude(data) / (10 * allowedNoise);
    else {
      const whole = golden.expected.get(`gradient.${name}`);
      const index = golden.indices.get(`gradient.${name}.index`);
      const sampled = golden.expected.get(`gradient.${name}.value`);
      const expected = whole?.data ?? sampled?.data;
      if (!expected) throw new Error(`No golden gradient of ${name}.`);
      const maximum = golden.expected.get(`gradient.${name}.maximum`)?.data[0] ?? largestMagnitude(expected);
      const actual = index ? Float32Array.from(index, (position) => data[position] ?? NaN) : data;
      share = largestDifference(actual, expected) / (1e-3 * maximum + allowedNoise);
      compared++;
    }
    if (!(share <= worst.share)) worst = { name, share };
  }
  return { worst, compared };
}

async function trainAlong(session: EngineSession, training: GoldenTraining): Promise<number[]> {
  const losses: number[] = [];
  const { weightDecay, adamBeta1, adamBeta2, adamEpsilon, maxGradNorm } = training;
  for (let step = 0; step < training.steps; step++) {
    const batch = training.batches[step % training.batches.length];
    if (!batch) throw new Error('No batch.');
    const learningRate = training.learningRates[step] ?? NaN;
    const settings: StepSettings = { step: step + 1, seed: 0, learningRate, weightDecay, adamBeta1, adamBeta2, adamEpsilon, maxGradNorm, dropout: false };
    losses.push((await session.trainStep(toBatch(batch), settings)).loss);
  }
  return losses;
}

export async function compareWithGolden(backend: Backend, golden: GoldenCase): Promise<GoldenResult> {
  const { graph, parameters, training } = golden;
  const session = backend.openSession({ graph, parameters, trained: new Set(graph.parameters.map(({ name }) => name)) });
  try {
    const batch = toBatch(golden.batch);
    const logits = await session.predict(batch);
    const { loss, gradients } = await session.gradients(batch);
    const { worst, compared } = compareGradients(gradients, golden);
    const losses = await trainAlong(session, training);
    const relative = losses.map((value, index) => Math.abs(value - (training.losses[index] ?? NaN)) / Math.abs(training.losses[index] ?? NaN));
    return {
      logitsDifference: largestDifference(logits, golden.expected.get('logits')?.data ?? []),
      lossDifference: Math.abs(loss - (golden.expected.get('loss')?.data[0] ?? NaN)),
      worstGradient: worst,
      gradientsCompared: compared,
      worstLoss: largestDifference(relative, new Float32Array(relative.length)),
      losses,
    };
  } finally {
    session.dispose();
  }
}
