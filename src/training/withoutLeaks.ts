/** The figures on those test rows alone whose texts were not learnt from. */
import { reportMetrics, type Report } from '../domain';
import type { ReportParts, TaskDefinition } from '../tasks';

/** Nothing where no test row is leaked; figures are null where all are. */
export function withoutLeaks(task: Pick<TaskDefinition, 'report'>, report: Report, parts: ReportParts): Pick<Report, 'withoutLeaks'> {
  const { examples, rows, logits } = parts.test;
  const kept = examples.flatMap((example, index) => (example.leaked ? [] : [index]));
  if (kept.length === examples.length) return {};
  if (kept.length === 0) {
    const metrics = Object.fromEntries(Object.keys(reportMetrics(report)).map((name) => [name, null]));
    return { withoutLeaks: { rows: 0, metrics } };
  }
  const pick = <Item>(items: readonly Item[]): Item[] => kept.flatMap((index) => items[index] ?? []);
  const test = { examples: pick(examples), rows: pick(rows), logits: kept.map((index) => logits[index] ?? []) };
  return { withoutLeaks: { rows: kept.length, metrics: reportMetrics(task.report({ ...parts, test })) } };
}
