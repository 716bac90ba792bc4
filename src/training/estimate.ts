/** How long a run will take, from a few timed steps on the data set's own texts. */
import type { Dataset, MemoryEstimate, Recipe, Side } from '../domain';
import type { Backend } from '../engine';
import { tasks } from '../tasks';
import { epochBatches, evaluationBatches, padBatch, paddedLength, type EncodedRow } from '../text';
import type { BaseModel } from './baseModel';
import { Classifier, encodeSides } from './classifier';
import { mostRows } from './labelErrors';
import { secondsToLook } from './labelErrors/seconds';
import { plannedSteps } from './plannedSteps';

/** A run above this is called long, and a sample that fits is proposed. */
export const LIMIT_SECONDS = 20 * 60;
const TIMED_STEPS = 2;
/** From fewer rows little is learnt, and where testing alone takes long a smaller sample would save nothing. */
const LEAST_SAMPLE = 500;

export interface RunEstimate {
  tokensPerSecond: number;
  rowsPerSecond: number;
  secondsForAllRows: number;
  rowsWithinLimit: number | null;
  /** For the longest batch; null where the engine cannot say. */
  memory: MemoryEstimate | null;
  /** Looking for likely wrong labels; null where rows have no one label each. */
  labelErrorSeconds: number | null;
}

export interface EstimateOptions {
  backend: Backend;
  base: BaseModel;
  /** Its rows may be a sample of those that `counts` counts. */
  dataset: Dataset;
  recipe: Recipe;
  now: () => number;
  /** Lets messages in; may throw to end the measurement. */
  pause: () => Promise<void>;
}

/** Tokens that the device computes, padding included. */
function paddedTokens(batches: readonly number[][], rows: readonly EncodedRow[]): number {
  return batches.reduce((sum, indices) => sum + indices.length * paddedLength(indices.flatMap((index) => rows[index] ?? []), Infinity), 0);
}

function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export async function estimateRun({ backend, base, dataset, recipe, now, pause }: EstimateOptions): Promise<RunEstimate> {
  const { training } = recipe;
  const sides = await encodeSides(base, dataset, recipe, pause);
  const classifier = new Classifier({ backend, base, task: tasks[recipe.task], labels: dataset.labels, recipe, sides, overrides: new Map() });
  try {
    const lengths = sides.train.map(({ inputIds }) => inputIds.length);
    const batches = epochBatches(lengths, training.perDeviceTrainBatchSize, training.groupByLength, training.seed, 0);
    // A batch of middling length stands for all.
    const bySize = batches.map((indices) => ({ indices, size: paddedTokens([indices], sides.train) })).sort((a, b) => a.size - b.size);
    const typical = bySize[Math.floor(bySize.length / 2)]?.indices ?? [];
    const batch = padBatch(typical.flatMap((row) => classifier.sides.train[row] ?? []), classifier.padId, classifier.maximumLength);
    const tokens = batch.rows * batch.length;
    const timed = async (work: () => Promise<unknown>): Promise<number> => {
      const begin = now();
      await work();
      const seconds = (now() - begin) / 1000;
      await pause();
      return seconds;
    };
    const step = () => classifier.session.trainStep(batch, { ...training, step: 1, dropout: true });
    // The first one compiles and allocates.
    await timed(step);
    const stepSeconds: number[] = [];
    for (let count = 0; count < TIMED_STEPS; count++) stepSeconds.push(await timed(step));
    const predictSeconds = await timed(() => classifier.session.predict(batch));
    // Of a sample nobody knows the longest.
    const longest = dataset.train.length < dataset.counts.rows.train ? Math.min(training.maxLength, classifier.maximumLength) : paddedLength(classifier.sides.train, classifier.maximumLength);
    const memory = classifier.session.estimateMemory(training.perDeviceTrainBatchSize, longest);
    return summarize({ hiddenSize: base.model.config.hiddenSize, memory, dataset, recipe, sides, batches, tokens, stepSeconds: median(stepSeconds), predictSeconds, batchRows: batch.rows });
  } finally {
    classifier.dispose();
  }
}

interface Timing {
  hiddenSize: number;
  memory: MemoryEstimate | null;
  dataset: Dataset;
  recipe: Recipe;
  sides: Awaited<ReturnType<typeof encodeSides>>;
  batches: readonly number[][];
  tokens: number;
  stepSeconds: number;
  predictSeconds: number;
  batchRows: number;
}

function summarize({ hiddenSize, memory, dataset, recipe, sides, batches, tokens, stepSeconds, predictSeconds, batchRows }: Timing): RunEstimate {
  const { rows } = dataset.counts;
  /** Tokens of all rows of a side, from those that are there. */
  const ofAll = (side: Side, own: number) => (own * rows[side]) / Math.max(1, sides[side].length);
  const { totalSteps, stepsPerEpoch, evaluations } = plannedSteps(recipe, rows.train);
  const evaluationTokens = (side: Side) => ofAll(side, paddedTokens(evaluationBatches(sides[side].map(({ inputIds }) => inputIds.length), recipe.training.perDeviceEvalBatchSize), sides[side]));
  const training = (ofAll('train', paddedTokens(batches, sides.train)) / tokens) * stepSeconds * (totalSteps / stepsPerEpoch);
  const secondsPerEvaluatedToken = predictSeconds / tokens;
  const evaluating = evaluations * evaluationTokens('validation') * secondsPerEvaluatedToken;
  const testing = evaluationTokens('test') * secondsPerEvaluatedToken;
  const secondsForAllRows = training + evaluating + testing;
  // Only training and evaluation shrink with the sample.
  const room = Math.max(0, LIMIT_SECONDS - testing - evaluating);
  const sampleRows = Math.max(dataset.labels.length * 2, LEAST_SAMPLE, Math.floor((rows.train * room) / training / 10) * 10);
  const rowsWithinLimit = secondsForAllRows > LIMIT_SECONDS && sampleRows < rows.train ? sampleRows : null;
  const readingSeconds = (evaluationTokens('train') + evaluationTokens('validation') + evaluationTokens('test')) * secondsPerEvaluatedToken;
  const hasOneLabel = dataset.train.some(({ target }) => target.kind === 'class');
  const labelErrorSeconds = hasOneLabel ? secondsToLook({ rows: rows.used, classes: dataset.labels.length, hiddenSize, readingSeconds }, mostRows) : null;
  return { tokensPerSecond: tokens / stepSeconds, rowsPerSecond: batchRows / stepSeconds, secondsForAllRows, rowsWithinLimit, memory, labelErrorSeconds };
}
