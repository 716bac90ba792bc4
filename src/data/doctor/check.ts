/** What a finding of the doctor is: one file each, listed in `registry.ts`. */
import type { FindingId, FindingOf, Mend } from '../../domain';
import type { RowFiles } from '../groupedRows';
import type { Pause } from '../pause';
import type { Examined } from './examined';

export { filesOf, groupedRows, type RowFiles } from '../groupedRows';

export interface FindingCheck<Id extends FindingId = FindingId> {
  id: Id;
  /** Null where there is nothing to say. Linear in the rows; one that looks into every text pauses. */
  examine: (examined: Examined, pause: Pause) => FindingOf<Id> | null | Promise<FindingOf<Id> | null>;
  /** Where it is safe; returns the rows left out or changed. */
  mend?: (files: RowFiles, mend: Mend) => number | Promise<number>;
}
