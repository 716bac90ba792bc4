/** A table once columns, labels and sides are decided: what a task learns from. */
import type { MendOutcome } from './doctor';
import type { SetAsideRow } from './table';

export type Side = 'train' | 'validation' | 'test';

export interface Example {
  text: string;
  /** Index into `labels`. */
  label: number;
  /** Spreadsheet row in its file. */
  row: number;
}

export interface Dataset {
  /** Label names in label-id order: `id2label` of every export. */
  labels: string[];
  train: Example[];
  validation: Example[];
  test: Example[];
  counts: DatasetCounts;
}

export interface LabelCount {
  label: string;
  train: number;
  validation: number;
  test: number;
}

export interface DatasetCounts {
  /** Data rows in the file (both files, where a test file is given). used + setAside = file. */
  rows: { file: number; used: number; setAside: number; train: number; validation: number; test: number };
  labels: LabelCount[];
  setAside: SetAsideRow[];
  /** Labels that only differed by outer spaces and were joined: rows changed, first such row. */
  tidiedLabels: { rows: number; firstRow: number | null };
  /** Labels with fewer than three rows and no choice made: they train, but are not tested. */
  rareLabels: { label: string; rows: number }[];
  /** What the recipe's mends did, where it has any. */
  mended?: MendOutcome[];
}
