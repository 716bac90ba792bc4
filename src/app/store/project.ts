/** The open project: its tables, recipe and counts, and what is wrong with them. */
import { create } from 'zustand';
import type { DataFiles, DatasetCounts, DialectChoice, ErrorData, Finding, Recipe } from '../../domain';
import type { DroppedFolder, Progress, StorageState, TableSummary, TextMeasure } from '../../workers';

export interface Importing {
  fileName: string;
  progress: Progress | null;
  /** The first rows, to look at while the rest is read. */
  firstRows?: NonNullable<Progress['firstRows']> | undefined;
  stop: AbortController;
}

/** Owner: may write. Looking on: another tab owns the project. Starting: not known yet. */
export type Ownership = 'starting' | 'owner' | 'looking-on';

export interface ImportTry {
  file: File | DroppedFolder;
  as: 'data' | 'test';
  choice: DialectChoice;
}

export interface ProjectState {
  ownership: Ownership;
  /** This tab had the project and another one took it over. */
  takenOver: boolean;
  table: TableSummary | null;
  testTable: TableSummary | null;
  /** What the open tables are, by content. */
  files: DataFiles | null;
  recipe: Recipe | null;
  /** Before anyone changed it: for "Default 16" and "Back to the defaults". */
  defaultRecipe: Recipe | null;
  counts: DatasetCounts | null;
  /** Lengths of the texts in tokens; null where they could not be counted. */
  texts: TextMeasure | null;
  /** What the data doctor found; null while it has not looked yet. */
  findings: Finding[] | null;
  /** Counts are being worked out anew after a change. */
  preparing: boolean;
  storage: StorageState | null;
  /** The last import that was tried; kept so that a remedy can repeat it with another choice. */
  lastTry: ImportTry | null;
  /** How the open tables were read in this visit; null after a reload, when the files are no longer at hand. */
  opened: { data: ImportTry | null; test: ImportTry | null };
  importing: Importing | null;
  importError: ErrorData | null;
  /** Columns or labels that cannot be trained on, from `prepare`. */
  dataError: ErrorData | null;
}

export const emptyProject = {
  table: null,
  testTable: null,
  files: null,
  recipe: null,
  defaultRecipe: null,
  counts: null,
  texts: null,
  findings: null,
  preparing: false,
  lastTry: null,
  opened: { data: null, test: null },
  importing: null,
  importError: null,
  dataError: null,
} satisfies Partial<ProjectState>;

export const useProject = create<ProjectState>(() => ({
  ownership: 'starting',
  takenOver: false,
  storage: null,
  ...emptyProject,
}));

/** Nothing stands in the way of a run. */
export function isReadyToTrain(state: ProjectState): boolean {
  return (
    state.table !== null && state.recipe !== null && state.counts !== null && !state.dataError && !state.importing
  );
}
