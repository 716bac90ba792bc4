import type { RegressionReport } from '../../../domain';
import type { TryAnswer } from '../../../workers';
import { visibleText } from '../../visibleText';
import { writeNumber } from '../regression/unit';
import { useSpeech } from '../speech';

interface Props {
  report: RegressionReport;
  answer: Extract<TryAnswer, { kind: 'number' }>;
}

/** The number, named as its column is, and where it lies among the numbers of the test rows. */
export function TryNumber({ report, answer: { tuned, base } }: Props) {
  const { messages, format } = useSpeech();
  const write = writeNumber(report, format);
  const truths = report.predictions.map(({ label }) => label);
  const lowest = truths.reduce((least, value) => Math.min(least, value), Infinity);
  const highest = truths.reduce((most, value) => Math.max(most, value), -Infinity);
  const place = highest > lowest ? Math.min(1, Math.max(0, (tuned - lowest) / (highest - lowest))) : 0.5;
  return (
    <div className="try-answer" aria-live="polite">
      <p className="try-number">
        <span className="small muted">{visibleText(report.labels[0] ?? '')}</span> <strong className="figure">{write(tuned)}</strong>
      </p>
      <div className="try-scale small muted figure" aria-hidden="true">
        <span>{write(lowest)}</span>
        <span className="try-scale-line">
          <span className="try-scale-dot" style={{ left: `${place * 100}%` }} />
        </span>
        <span>{write(highest)}</span>
      </div>
      <p className="small muted">{messages.reports.beforeTraining(write(base))}</p>
    </div>
  );
}
