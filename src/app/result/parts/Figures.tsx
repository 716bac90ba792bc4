import type { Report } from '../../../domain';
import { figuresOf } from '../figures';
import { useSpeech } from '../speech';

/** The report's figures, each with how far chance can move it. */
export function Figures({ report }: { report: Report }) {
  const { messages, format } = useSpeech();
  const { result: words } = messages;
  const nameOf = (name: string) => words.metrics[name as keyof typeof words.metrics] ?? name;
  const figures = figuresOf(report, format);
  return (
    <>
      <dl className="figures">
        {figures.map(({ name, value, interval }) => (
          <div key={name} title={words.metricNotes[name as keyof typeof words.metricNotes]}>
            <dt>{nameOf(name)}</dt>
            <dd className="figures-value">{value}</dd>
            <dd className="figures-interval">{interval && words.between(interval.low, interval.high)}</dd>
          </div>
        ))}
        <div>
          <dt>{words.testRows}</dt>
          <dd className="figures-value">{format.number(report.rows)}</dd>
          <dd />
        </div>
      </dl>
      {figures.some(({ interval }) => interval) && <p className="small muted">{words.intervalNote}</p>}
    </>
  );
}
