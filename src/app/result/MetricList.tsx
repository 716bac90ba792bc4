import { reportMetrics, type Report } from '../../domain';
import { useFormat, useMessages } from '../messages';

/** The report's figures, one a line: for tasks that have no page of their own. */
export function MetricList({ report }: { report: Report }) {
  const messages = useMessages();
  const format = useFormat();
  const names = messages.result.metrics;
  return (
    <section className="stack-small">
      <dl className="figures">
        {Object.entries(reportMetrics(report)).map(([name, value]) => (
          <div key={name}>
            <dt>{names[name as keyof typeof names] ?? name}</dt>
            <dd>{value === null ? '–' : format.decimal(value, 3)}</dd>
          </div>
        ))}
        <div>
          <dt>{messages.result.testRows}</dt>
          <dd>{format.number(report.rows)}</dd>
        </div>
      </dl>
    </section>
  );
}
