/** A table once columns, labels and sides are decided: what a task learns from. */
import type { DataFiles } from './dataFiles';
import type { MendOutcome } from './doctor';
import type { FixOutcome } from './fixes';
import type { DateOrder } from './recipe';
import type { SetAsideRow } from './table';

export type Side = 'train' | 'validation' | 'test';

/** What a row is to be answered with; one kind a data set. Label ids are indices into `Dataset.labels`. */
export type Target =
  | { kind: 'class'; label: number }
  /** Any number of labels, none included; ascending ids. */
  | { kind: 'labels'; labels: number[] }
  | { kind: 'number'; value: number }
  /** One label a word. */
  | { kind: 'tokens'; words: string[]; labels: number[] };

export interface Example {
  readonly text: string;
  /** Second text of a pair. */
  readonly textPair?: string | undefined;
  readonly target: Target;
  /** Spreadsheet row in its file. */
  readonly row: number;
  /** A test row whose text is learnt from too: a score without it flatters less. */
  readonly leaked?: true | undefined;
}

/** Numbers are learnt as (value - mean) / standardDeviation: raw ones would make the loss, and so the steps, any size. */
export interface Scaler {
  mean: number;
  standardDeviation: number;
}

export interface Dataset {
  /** Label names in label-id order: `id2label` of every export. For a number: the name of its column. */
  labels: string[];
  /** Of the training rows' numbers; null where no number is learnt. */
  scaler: Scaler | null;
  train: Example[];
  validation: Example[];
  test: Example[];
  counts: DatasetCounts;
  /** What it was made from; absent where nobody said. */
  files?: DataFiles;
}

export interface LabelCount {
  label: string;
  train: number;
  validation: number;
  test: number;
}

export type SplitFacts =
  /** Groups that have rows on each side. */
  | { kind: 'group'; column: string; groups: Record<Side, number> }
  /** Each side's earliest time, in milliseconds since 1970 (UTC). `dateOrder` where the year comes last; `ambiguous` where no cell tells. */
  | { kind: 'time'; column: string; from: Record<Side, number | null>; dateOrder: DateOrder | null; ambiguous: boolean }
  /** Sides that the column does not name, and that were split off the training rows. */
  | { kind: 'side'; column: string; splitOff: Side[] };

export interface DatasetCounts {
  /** Data rows in the file (both files, where a test file is given). used + setAside = file. */
  rows: { file: number; used: number; setAside: number; train: number; validation: number; test: number };
  labels: LabelCount[];
  setAside: SetAsideRow[];
  /** Labels that only differed by outer spaces and were joined: rows changed, first such row. */
  tidiedLabels: { rows: number; firstRow: number | null };
  /** Labels with fewer than three rows and no choice made: they train, but are not tested. */
  rareLabels: { label: string; rows: number }[];
  /** How the rows were parted, where a column decided. */
  split?: SplitFacts;
  /** What the recipe's mends did, where it has any. */
  mended?: MendOutcome[];
  /** What the recipe's fixed labels came to, where it has any. */
  fixed?: FixOutcome;
}
