import type { Report } from '../../domain';
import { kindOf } from './reportKinds';
import type { Speech } from './speech';

/** A report in one sentence. */
export function summaryOf(report: Report, speech: Speech): string {
  return kindOf(report).verdict(report, speech).sentence;
}
