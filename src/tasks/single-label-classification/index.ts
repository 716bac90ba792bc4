/** One label for each text: softmax over the labels, mean cross-entropy. */
import type { TaskDefinition } from '../task';
import { accuracy, argmax, crossEntropy, macroF1 } from './metrics';
import { buildReport, commonestLabel, predictions } from './report';

export const singleLabelClassification: TaskDefinition = {
  id: 'single-label-classification',
  problemType: 'single_label_classification',
  graph: (model, labels) => model.sequenceClassificationGraph(labels.length),
  predictions,
  report: (labels, answered, training) => buildReport(labels, answered, commonestLabel(training, labels.length)),
  scores(labels, examples, logits) {
    const truth = examples.map(({ label }) => label);
    const answers = logits.map(argmax);
    return {
      loss: crossEntropy(logits, truth),
      accuracy: accuracy(truth, answers),
      macroF1: macroF1(truth, answers, labels.length),
    };
  },
};
