/** What every error says: a cause in plain words, the place, and what to do. */
import type { ErrorCode, ErrorFacts } from '../../domain';

export interface ErrorText {
  cause: string;
  /** File, row, column, step, tensor or byte; null where the cause names it all. */
  place: string | null;
  todo: string;
}

/** One entry a code: a code without words does not compile. */
export type ErrorMessages = { [Code in ErrorCode]: (facts: ErrorFacts[Code]) => ErrorText };
