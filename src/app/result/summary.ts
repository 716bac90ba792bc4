import { reportMetrics, type Report } from '../../domain';
import type { Messages } from '../messages';

/** A report in one sentence: how often it is right, or the figure that the task is known by. */
export function summaryOf(report: Report, messages: Messages): string {
  if ('accuracy' in report) return messages.result.right(Math.round(report.accuracy * report.rows), report.rows);
  const [name, value] = Object.entries(reportMetrics(report))[0] ?? ['loss', report.loss];
  const names = messages.result.metrics;
  return messages.result.figure(names[name as keyof typeof names] ?? name, value);
}
