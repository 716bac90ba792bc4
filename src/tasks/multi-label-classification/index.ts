/** Any number of labels for each text: a sigmoid a label, mean binary cross-entropy, one threshold for all labels. */
import { calibrationOf, type Example, type MultiLabelReport } from '../../domain';
import { bootstrapIntervals } from '../bootstrap';
import { encodeTexts, type Answered, type TaskDefinition } from '../task';
import { bestThreshold, binaryCrossEntropy, countLabels, exactMatch, labelScores, labelsAbove, macroF1, microF1, sampleF1, sigmoid, thresholdCurve } from './metrics';
import { resampleLabelSets } from './resample';

const DEFAULT_THRESHOLD = 0.5;

function labelsOf({ target }: Example): number[] {
  return target.kind === 'labels' ? target.labels : [];
}

const scoresOf = ({ logits }: Pick<Answered, 'logits'>): number[][] => logits.map((row) => Array.from(row, sigmoid));

/** Labels that more than half of the training rows have, else the commonest one. */
function commonLabels(training: readonly Example[], labels: number): number[] {
  const counts = countLabels(training.map(labelsOf), [], labels).map(({ support }) => support);
  const common = counts.flatMap((rows, label) => (rows * 2 > training.length ? [label] : []));
  return common.length > 0 ? common : [counts.indexOf(Math.max(...counts))];
}

/** Of one text or two, told apart by token types. */
export function labelling(id: MultiLabelReport['task']): TaskDefinition {
  return {
    id,
    problemType: 'multi_label_classification',
    head: 'sequence',
    usesValidation: true,
    graph: (model, labels) => model.sequenceClassificationGraph(labels.length, 'binaryCrossEntropy'),
    encode(tokenizer, example, maxLength, { labels }) {
      const targets = new Float32Array(labels.length);
      for (const label of labelsOf(example)) targets[label] = 1;
      return { ...encodeTexts(tokenizer, example, maxLength), label: -1, targets };
    },
    answer: null,
    baseline: () => null,
    scores({ labels }, answered) {
      const truth = answered.examples.map(labelsOf);
      const answers = scoresOf(answered).map((row) => labelsAbove(row, DEFAULT_THRESHOLD));
      const own = {
        microF1: microF1(truth, answers, labels.length),
        macroF1: macroF1(truth, answers, labels.length),
        sampleF1: sampleF1(truth, answers),
        exactMatch: exactMatch(truth, answers),
      };
      return { loss: binaryCrossEntropy(answered.logits, truth), accuracy: null, macroF1: own.macroF1, own };
    },
    report({ facts: { labels }, test, training, validation }) {
      const curve = validation ? thresholdCurve(scoresOf(validation), validation.examples.map(labelsOf)) : [];
      const threshold = validation ? bestThreshold(curve) : DEFAULT_THRESHOLD;
      const truth = test.examples.map(labelsOf);
      const scores = scoresOf(test);
      const answers = scores.map((row) => labelsAbove(row, threshold));
      const guess = commonLabels(training, labels.length);
      const owned = truth.map((set) => new Set(set));
      return {
        kind: 'labels',
        task: id,
        labels: [...labels],
        rows: truth.length,
        threshold,
        thresholdCurve: curve,
        intervals: bootstrapIntervals(resampleLabelSets(truth, answers, test.logits, labels.length)),
        microF1: microF1(truth, answers, labels.length),
        macroF1: macroF1(truth, answers, labels.length),
        sampleF1: sampleF1(truth, answers),
        exactMatch: exactMatch(truth, answers),
        loss: binaryCrossEntropy(test.logits, truth),
        baseline: { labels: guess.map((label) => labels[label] ?? ''), microF1: microF1(truth, truth.map(() => guess), labels.length) },
        calibration: calibrationOf(scores.flat(), scores.flatMap((row, index) => row.map((_, label) => owned[index]?.has(label) === true))),
        classes: labelScores(truth, answers, labels),
        predictions: test.examples.map(({ row, text, textPair }, index) => ({
          row,
          text,
          ...(textPair !== undefined && { textPair }),
          label: truth[index] ?? [],
          predicted: answers[index] ?? [],
          logits: Array.from(test.logits[index] ?? []),
          scores: scores[index] ?? [],
        })),
      };
    },
  };
}

export const multiLabelClassification = labelling('multi-label-classification');
