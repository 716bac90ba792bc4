/** A number for each text: one output, mean squared error of the scaled number (`problem_type` regression). */
import type { Example, RegressionReport, Scaler } from '../../domain';
import { bootstrapIntervals } from '../bootstrap';
import { encodeTexts, type TaskDefinition } from '../task';
import { meanAbsoluteError, meanSquaredError, pearson, r2, spearman } from './metrics';
import { resampleNumbers } from './resample';

const UNSCALED: Scaler = { mean: 0, standardDeviation: 1 };

function valueOf({ target }: Example): number {
  return target.kind === 'number' ? target.value : NaN;
}

function answersOf(logits: readonly ArrayLike<number>[], { mean, standardDeviation }: Scaler): number[] {
  return logits.map((row) => (row[0] ?? NaN) * standardDeviation + mean);
}

function figures(truth: readonly number[], answers: readonly number[]) {
  return {
    meanSquaredError: meanSquaredError(truth, answers),
    meanAbsoluteError: meanAbsoluteError(truth, answers),
    r2: r2(truth, answers),
    pearson: pearson(truth, answers),
    spearman: spearman(truth, answers),
  };
}

/** Of one text or two, told apart by token types. */
export function scoring(id: RegressionReport['task']): TaskDefinition {
  return {
    id,
    problemType: 'regression',
    head: 'sequence',
    usesValidation: false,
    graph: (model) => model.sequenceClassificationGraph(1, 'meanSquaredError'),
    encode(tokenizer, example, maxLength, { scaler }) {
      const { mean, standardDeviation } = scaler ?? UNSCALED;
      return { ...encodeTexts(tokenizer, example, maxLength), label: -1, targets: Float32Array.of((valueOf(example) - mean) / standardDeviation) };
    },
    answer: null,
    baseline: () => null,
    scores({ scaler }, { examples, logits }) {
      const truth = examples.map(valueOf);
      const own = figures(truth, answersOf(logits, scaler ?? UNSCALED));
      // As the model is trained: in units of the scaler, so that losses of all tasks are of one size.
      return { loss: own.meanSquaredError / (scaler ?? UNSCALED).standardDeviation ** 2, accuracy: null, macroF1: null, own };
    },
    report({ facts, test, training }) {
      const scaler = facts.scaler ?? UNSCALED;
      const truth = test.examples.map(valueOf);
      const answers = answersOf(test.logits, scaler);
      const value = training.length > 0 ? training.reduce((sum, example) => sum + valueOf(example), 0) / training.length : 0;
      const guesses = truth.map(() => value);
      const own = figures(truth, answers);
      return {
        kind: 'number',
        task: id,
        labels: [...facts.labels],
        rows: truth.length,
        ...own,
        loss: own.meanSquaredError / scaler.standardDeviation ** 2,
        baseline: { value, meanSquaredError: meanSquaredError(truth, guesses), meanAbsoluteError: meanAbsoluteError(truth, guesses) },
        scaler,
        intervals: bootstrapIntervals(resampleNumbers(truth, answers, 1 / scaler.standardDeviation ** 2)),
        predictions: test.examples.map((example, index) => {
          const { row, text, textPair } = example;
          const shown = { row, text, ...(textPair !== undefined && { textPair }) };
          return { ...shown, label: valueOf(example), predicted: answers[index] ?? NaN, logits: Array.from(test.logits[index] ?? []) };
        }),
      };
    },
  };
}

export const regression = scoring('regression');
