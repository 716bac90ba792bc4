/** Any number of labels a row. */
import type { MultiLabelReport } from '../../../domain';
import { visibleText } from '../../visibleText';
import { intervalOf } from '../figures';
import type { PredictionOf, ReportKind } from '../reportKind';
import { differenceOf, microShares, sameLabels } from './labelSets';

type Prediction = PredictionOf<MultiLabelReport>;

const wrongLabels = ({ label, predicted }: Prediction): number[] => {
  const { missed, extra } = differenceOf(label, predicted);
  return [...missed, ...extra];
};

/** How sure the model was of what it got most wrong. */
function surestError(prediction: Prediction, threshold: number): number {
  return Math.max(0, ...wrongLabels(prediction).map((id) => Math.abs((prediction.scores[id] ?? threshold) - threshold)));
}

export const multiLabel: ReportKind<MultiLabelReport> = {
  verdict(report, { messages: { result: words, reports } }) {
    const { rows, exactMatch, baseline, labels, predictions } = report;
    const always = baseline.labels.map((name) => labels.indexOf(name));
    const guessed = predictions.filter(({ label }) => sameLabels(label, always)).length;
    const interval = intervalOf(report, 'exactMatch');
    const { precision, recall } = microShares(predictions);
    const right = Math.round(exactMatch * rows);
    return {
      sentence: reports.everyLabelRight(right, rows),
      more: [
        words.baseline(baseline.labels.map(visibleText).join(', '), guessed, rows),
        ...(right <= guessed ? [words.noBetter] : []),
        ...(interval ? [words.interval(rows, interval[0], interval[1])] : []),
        ...(recall === null ? [] : [reports.labelsFound(recall)]),
        ...(precision === null ? [] : [reports.answersRight(precision)]),
      ],
    };
  },
  row({ labels }, { row, text, textPair, label, predicted, scores }, { format, messages: { reports } }) {
    const { missed, extra } = differenceOf(label, predicted);
    const right = missed.length + extra.length === 0;
    return {
      row,
      text,
      ...(textPair !== undefined && { textPair }),
      truth: label.map((id) => labels[id] ?? '').join(', ') || reports.noLabel,
      answer: predicted.map((id) => `${labels[id] ?? ''} ${format.percent(scores[id] ?? 0)}`).join(', ') || reports.noLabel,
      score: right ? reports.allRight : reports.missedExtra(missed.length, extra.length),
      right,
    };
  },
  scoreName: ({ messages }) => messages.reports.difference,
  wrong({ predictions, threshold }) {
    return predictions
      .filter((one) => wrongLabels(one).length > 0)
      .sort((left, right) => wrongLabels(right).length - wrongLabels(left).length || surestError(right, threshold) - surestError(left, threshold));
  },
  wrongName: ({ messages }) => messages.reports.mostLabelsWrong,
};
