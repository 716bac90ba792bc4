import type { ClassificationReport } from '../../domain';
import { useFormat, useMessages } from '../messages';
import { visibleText } from '../visibleText';

/** What the result means, as one would say it to a colleague; then the figures. */
export function Verdict({ report }: { report: ClassificationReport }) {
  const messages = useMessages();
  const format = useFormat();
  const { rows, accuracy, intervals, baseline, macroF1 } = report;
  const words = messages.result;
  const interval = intervals['accuracy'];
  return (
    <div className="headline">
      <h3 className="headline-main">{words.right(Math.round(accuracy * rows), rows)}</h3>
      <p className="muted">
        {words.baseline(visibleText(baseline.label), Math.round(baseline.accuracy * rows), rows)}{' '}
        {interval && words.interval(rows, interval[0], interval[1])}
      </p>
      <dl className="figures">
        <div>
          <dt>{words.accuracy}</dt>
          <dd>{format.percent(accuracy, rows >= 1000 ? 1 : 0)}</dd>
        </div>
        <div title={words.macroF1Note}>
          <dt>{words.macroF1}</dt>
          <dd>{format.decimal(macroF1, 2)}</dd>
        </div>
        <div>
          <dt>{words.testRows}</dt>
          <dd>{format.number(rows)}</dd>
        </div>
      </dl>
    </div>
  );
}
