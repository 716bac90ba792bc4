/** What a finding of the doctor is: one file each, listed in `registry.ts`. */
import type { FindingId, FindingOf, Mend } from '../../domain';
import type { RowFiles } from '../groupedRows';
import type { Examined } from './examined';

export { filesOf, groupedRows, type RowFiles } from '../groupedRows';

export interface FindingCheck<Id extends FindingId = FindingId> {
  id: Id;
  /** Null where there is nothing to say. Linear in the rows: a million take about a second. */
  examine: (examined: Examined) => FindingOf<Id> | null;
  /** Where it is safe; returns the rows left out or changed. */
  mend?: (files: RowFiles, mend: Mend) => number | Promise<number>;
}
