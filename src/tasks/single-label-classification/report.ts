/** What the test rows say of a model. */
import { calibrationOf, type ClassificationReport, type Example, type Prediction } from '../../domain';
import { bootstrapIntervals } from '../bootstrap';
import { accuracy, argmax, classScores, confusionCounts, crossEntropy, macroF1, softmax } from './metrics';
import { resampleClasses } from './resample';

/** Above this many labels the whole matrix is neither built nor kept (fault 9); the worst pairs say more. */
const LARGEST_MATRIX = 200;
const WORST_PAIRS = 50;

/** Label id; -1, which no batch counts, where the target is of another kind. */
export function labelOf({ target }: Example): number {
  return target.kind === 'class' ? target.label : -1;
}

export function predictions(examples: readonly Example[], logits: readonly ArrayLike<number>[]): Prediction[] {
  return examples.map((example, index) => {
    const values = Array.from(logits[index] ?? []);
    const { row, text, textPair } = example;
    return { row, text, ...(textPair !== undefined && { textPair }), label: labelOf(example), predicted: argmax(values), logits: values, scores: softmax(values) };
  });
}

function worstPairs(answered: readonly Prediction[], labels: number): ClassificationReport['worstPairs'] {
  const counts = new Map<number, number>();
  for (const { label, predicted } of answered) {
    if (label === predicted) continue;
    const pair = label * labels + predicted;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return [...counts]
    .sort(([pairA, rowsA], [pairB, rowsB]) => rowsB - rowsA || pairA - pairB)
    .slice(0, WORST_PAIRS)
    .map(([pair, rows]) => ({ label: Math.floor(pair / labels), predicted: pair % labels, rows }));
}

/** @param baseline the commonest training label; its share among the test rows is what guessing would reach */
export function buildReport(labels: readonly string[], answered: Prediction[], baseline: number, task: ClassificationReport['task'] = 'single-label-classification'): ClassificationReport {
  const truth = answered.map(({ label }) => label);
  const answers = answered.map(({ predicted }) => predicted);
  const logits = answered.map((one) => one.logits);
  const counts = labels.length <= LARGEST_MATRIX ? confusionCounts(truth, answers, labels.length) : null;
  return {
    kind: 'class',
    task,
    labels: [...labels],
    rows: answered.length,
    accuracy: accuracy(truth, answers),
    intervals: bootstrapIntervals(resampleClasses(truth, answers, logits, labels.length)),
    macroF1: macroF1(truth, answers, labels.length),
    loss: crossEntropy(logits, truth),
    baseline: { label: labels[baseline] ?? '', accuracy: accuracy(truth, truth.map(() => baseline)) },
    calibration: calibrationOf(answered.map(({ scores, predicted }) => scores[predicted] ?? 0), answered.map(({ label, predicted }) => label === predicted)),
    classes: classScores(truth, answers, labels),
    confusion: counts && labels.map((_, row) => Array.from(counts.subarray(row * labels.length, (row + 1) * labels.length))),
    worstPairs: worstPairs(answered, labels.length),
    predictions: answered,
  };
}

/** Index of the commonest label; the first of equals. */
export function commonestLabel(examples: readonly Example[], labels: number): number {
  const counts = new Uint32Array(labels);
  for (const example of examples) {
    const label = labelOf(example);
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return argmax(counts);
}
