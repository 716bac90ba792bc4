/** Any figure, cell or point can open the test rows behind it. */
import { createContext, useContext } from 'react';
import type { Report } from '../../../domain';
import type { PredictionOf } from '../reportKind';
import type { Speech } from '../speech';

export interface RowsWords {
  title: string;
  /** Says what the rows have in common, where the title cannot. */
  note?: string;
  /** One a row, in place of the report's own scores. */
  scores?: { name: string; texts: readonly string[] };
}

export interface OpenedRows {
  /** In the order to be shown. */
  predictions: readonly PredictionOf<Report>[];
  /** Asked for anew where the language changes while they are shown. */
  words: (speech: Speech) => RowsWords;
}

export const OpenRows = createContext<(rows: OpenedRows) => void>(() => undefined);

export function useOpenRows(): (rows: OpenedRows) => void {
  return useContext(OpenRows);
}
