/** A number for each text, or for a pair. */
import type { RegressionReport } from '../../../domain';
import { intervalOf, writerOf } from '../figures';
import type { PredictionOf, ReportKind } from '../reportKind';
import { writeNumber, writeOffset } from './unit';

const errorOf = ({ label, predicted }: PredictionOf<RegressionReport>) => Math.abs(predicted - label);

export const regression: ReportKind<RegressionReport> = {
  verdict(report, { messages: { result, reports }, format }) {
    const { meanAbsoluteError, baseline } = report;
    const write = writerOf('meanAbsoluteError', meanAbsoluteError, format);
    const interval = intervalOf(report, 'meanAbsoluteError');
    return {
      sentence: reports.offBy(write(meanAbsoluteError)),
      more: [
        reports.meanOffBy(writeNumber(report, format)(baseline.value), write(baseline.meanAbsoluteError)),
        ...(meanAbsoluteError >= baseline.meanAbsoluteError ? [result.noBetter] : []),
        ...(interval ? [reports.offInterval(write(interval[0]), write(interval[1]))] : []),
      ],
    };
  },
  row(report, prediction, { format }) {
    const { row, text, textPair, label, predicted } = prediction;
    const write = writeNumber(report, format);
    return {
      row,
      text,
      ...(textPair !== undefined && { textPair }),
      truth: write(label),
      answer: write(predicted),
      score: writeOffset(report, format)(predicted - label),
      // No answer is exactly right; one nearer than the mean would be on average is not marked as wrong.
      right: errorOf(prediction) <= report.baseline.meanAbsoluteError,
    };
  },
  scoreName: ({ messages }) => messages.reports.difference,
  wrong: ({ predictions }) => [...predictions].sort((left, right) => errorOf(right) - errorOf(left)),
  wrongName: ({ messages }) => messages.reports.farthestOff,
};
