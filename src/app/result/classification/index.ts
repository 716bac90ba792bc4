/** One label a row, for one text or a pair. */
import type { ClassificationReport, Prediction } from '../../../domain';
import { visibleText } from '../../visibleText';
import { intervalOf } from '../figures';
import type { ReportKind } from '../reportKind';

const sureness = ({ scores, predicted }: Prediction) => scores[predicted] ?? 0;

export const classification: ReportKind<ClassificationReport> = {
  verdict(report, { messages: { result: words } }) {
    const { rows, accuracy, baseline } = report;
    const interval = intervalOf(report, 'accuracy');
    return {
      sentence: words.right(Math.round(accuracy * rows), rows),
      more: [
        words.baseline(visibleText(baseline.label), Math.round(baseline.accuracy * rows), rows),
        ...(accuracy <= baseline.accuracy ? [words.noBetter] : []),
        ...(interval ? [words.interval(rows, interval[0], interval[1])] : []),
      ],
    };
  },
  row({ labels }, { row, text, textPair, label, predicted, scores }, { format }) {
    return {
      row,
      text,
      ...(textPair !== undefined && { textPair }),
      truth: labels[label] ?? '',
      answer: labels[predicted] ?? '',
      score: format.percent(scores[predicted] ?? 0),
      right: label === predicted,
    };
  },
  scoreName: ({ messages }) => messages.result.score,
  wrong: ({ predictions }) => predictions.filter(({ label, predicted }) => label !== predicted).sort((left, right) => sureness(right) - sureness(left)),
  wrongName: ({ messages }) => messages.result.wrong,
};
