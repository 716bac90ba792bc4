/** The seam for reports: what each kind must say of itself. `reportKinds.ts` lists them, `reportDetails.ts` their tables and charts. */
import type { Report } from '../../domain';
import type { ShownRow } from './rows/shownRow';
import type { Speech } from './speech';

/** A test row with its answer. */
export type PredictionOf<Of extends Report> = Of['predictions'][number];

export interface Verdict {
  /** What the result means, as one would say it to a colleague. Sums the place up wherever there is room for one line. */
  sentence: string;
  /** Against the baseline, and how far chance can move it. */
  more: string[];
}

export interface ReportKind<Of extends Report> {
  verdict: (report: Of, speech: Speech) => Verdict;
  row: (report: Of, prediction: PredictionOf<Of>, speech: Speech) => ShownRow;
  /** Head of the rows' scores. */
  scoreName: (speech: Speech) => string;
  /** Rows that were answered wrongly, the worst first. */
  wrong: (report: Of) => PredictionOf<Of>[];
  /** Head of the list of wrong rows, which says what comes first. */
  wrongName: (speech: Speech) => string;
}
