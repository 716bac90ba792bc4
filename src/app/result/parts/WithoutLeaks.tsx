import type { Report } from '../../../domain';
import { writerOf } from '../figures';
import { useSpeech } from '../speech';

/** Chosen, or not to be read: nothing that rows could flatter. */
const left = new Set(['loss', 'threshold']);

/** Fault 10: the figures on the test rows that were not learnt from, where some were. */
export function WithoutLeaks({ report }: { report: Report }) {
  const { messages, format } = useSpeech();
  const { withoutLeaks } = report;
  if (withoutLeaks === undefined) return null;
  const names: Record<string, string> = messages.result.metrics;
  const figures = Object.entries(withoutLeaks.metrics).flatMap(([name, value]) => (left.has(name) || value === null ? [] : [`${names[name] ?? name} ${writerOf(name, value, format)(value)}`]));
  return (
    <p className="small" data-without-leaks>
      {messages.split.withoutLeaks(report.rows - withoutLeaks.rows, report.rows, figures)}
    </p>
  );
}
