/** One label for each text: softmax over the labels, mean cross-entropy. */
import type { ClassificationReport } from '../../domain';
import { encodeTexts, type TaskDefinition } from '../task';
import { accuracy, argmax, crossEntropy, macroF1 } from './metrics';
import { buildReport, commonestLabel, labelOf, predictions } from './report';

/** Of one text or two, told apart by token types. */
export function classification(id: ClassificationReport['task']): TaskDefinition {
  return {
    id,
    problemType: 'single_label_classification',
    head: 'sequence',
    usesValidation: false,
    graph: (model, labels) => model.sequenceClassificationGraph(labels.length, 'softmaxCrossEntropy'),
    encode: (tokenizer, example, maxLength) => ({ ...encodeTexts(tokenizer, example, maxLength), label: labelOf(example) }),
    answer: argmax,
    baseline({ labels }, test, training) {
      const label = commonestLabel(training, labels.length);
      const truth = test.map(labelOf);
      return { label: labels[label] ?? '', accuracy: accuracy(truth, truth.map(() => label)) };
    },
    scores({ labels }, { examples, logits }) {
      const truth = examples.map(labelOf);
      const answers = logits.map(argmax);
      const figures = { accuracy: accuracy(truth, answers), macroF1: macroF1(truth, answers, labels.length) };
      return { loss: crossEntropy(logits, truth), ...figures, own: figures };
    },
    report: ({ facts: { labels }, test, training }) =>
      buildReport(labels, predictions(test.examples, test.logits), commonestLabel(training, labels.length), id),
  };
}

export const singleLabelClassification = classification('single-label-classification');
