/** A test row as every list of rows shows it, whatever the task. */
import type { MarkedWords } from '../tokens/marks';

export interface ShownRow {
  /** Spreadsheet row in its file. */
  row: number;
  text: string;
  /** Second text of a pair. */
  textPair?: string;
  /** Shown in place of `text`, with what the file marks and what the model found. */
  marked?: MarkedWords;
  /** What the file says and what the model answers, written out. */
  truth: string;
  answer: string;
  /** How sure, or how far off; empty where there is nothing to say. */
  score: string;
  right: boolean;
}
