/** Rows whose label is likely wrong, as confident learning ranks them. */
import type { FindingRow } from './doctor';

export interface LabelSuspect extends FindingRow {
  /** The label that the row is taken for, with its probability from a model that has not learnt from the row, 0 to 1. */
  suggested: string;
  confidence: number;
  /** The same of the label that the row has. */
  selfConfidence: number;
}

export interface LabelSuspects {
  /** Rows that were looked at, of all that are used. */
  looked: number;
  of: number;
  found: number;
  /** The likeliest first; at most some thousands. */
  suspects: LabelSuspect[];
}
