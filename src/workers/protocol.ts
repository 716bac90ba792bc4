/**
 * Every message between the page and its two workers, as types: a map from request to parameters, answer and progress.
 * Client and handler both derive from these maps, so a request without a handler does not compile.
 */
import type {
  BackendId,
  DataFiles,
  DatasetCounts,
  DeviceDescription,
  MemoryEstimate,
  DialectChoice,
  Finding,
  ImportNotice,
  ModelCoverage,
  LabelFix,
  LabelSuspects,
  Dialect,
  Recipe,
  Report,
  RowLabel,
  RowPlace,
  RunEvent,
  SplitColumns,
  TaskId,
} from '../domain';
import type { FirstRows, TaskReason } from '../data';
import type { WordRange } from '../text';

/** What the page shows of a table without holding it. */
export interface TableSummary {
  fileName: string;
  fileBytes: number;
  dialect: Dialect;
  columns: string[];
  rowsInFile: number;
  /** Rows as wide as the header. */
  rows: number;
  setAside: number;
  notices: ImportNotice[];
  /** The task with why, for a sentence. */
  guess: { textColumn: string | null; labelColumn: string | null; task: TaskId; reasons: TaskReason[]; splitColumns: SplitColumns };
}

export interface TableRow {
  row: number;
  cells: string[];
}

export interface RowLabels {
  fixed: RowLabel | null;
  inFile: RowLabel | null;
}

/** A folder of text files as it was dropped; its files are read one by one in the worker. */
export interface DroppedFolder {
  name: string;
  /** Bytes of all files together. */
  size: number;
  /** `path` is below the folder, parted by `/`. */
  files: { path: string; file: File }[];
}

/** What a project looks like when the page opens it. */
export interface ProjectSnapshot {
  table: TableSummary | null;
  testTable: TableSummary | null;
  /** Null until columns are known. */
  recipe: Recipe | null;
  /**
   * The recipe as it would be before anyone changed it, for "Default 16" and "Back to the defaults". Also given while
   * `recipe` is null (then with empty column names), so that the page can fill in columns chosen by hand.
   */
  defaultRecipe?: Recipe | null;
  /** What the open tables are, by content. */
  files: DataFiles | null;
  /** Events of the last run, in order; empty before the first. */
  events: RunEvent[];
  /** The last run ended without a `finished` or `failed` event (tab closed, crashed). */
  interrupted: boolean;
  /** Weights of the last finished run are stored and can be tried and exported. */
  hasWeights: boolean;
}

export interface StorageState {
  /** False in a private window: everything works, nothing is kept. */
  available: boolean;
  persisted: boolean;
  usedBytes: number;
  freeBytes: number;
}

export interface Progress {
  /** What is going on, for the sentence beside the bar. */
  phase: 'reading' | 'model' | 'verifying' | 'device' | 'tokenizing' | 'compiling' | 'training' | 'evaluating' | 'saving' | 'packing' | 'checking';
  done: number;
  total: number;
  /** Rows read so far, and once the first of them. Only while a file is read. */
  rows?: number;
  firstRows?: FirstRows;
}

export interface Request<Parameters, Answer> {
  parameters: Parameters;
  answer: Answer;
}

/** Reads files, keeps the project. */
export interface ProjectRequests {
  /** Opens the stored project if there is one. Changes nothing, so that a second tab may look on. */
  open: Request<Record<string, never>, { project: ProjectSnapshot; storage: StorageState }>;
  /** `as: 'data'` starts a new project with this file; the old one is replaced only after the import succeeded. */
  importFile: Request<{ file: File | DroppedFolder; as: 'data' | 'test'; choice: DialectChoice }, ProjectSnapshot>;
  removeTestFile: Request<Record<string, never>, ProjectSnapshot>;
  rows: Request<{ table: 'data' | 'test'; from: number; count: number }, TableRow[]>;
  /** Saves the recipe and gives the counts that follow from it. Data problems come back as a typed error. */
  prepare: Request<{ recipe: Recipe }, { counts: DatasetCounts; texts: TextMeasure | null }>;
  /** What the data doctor has to say about the recipe's rows, its mends done. Takes seconds for a million rows. */
  examine: Request<{ recipe: Recipe }, Finding[]>;
  /** The row of that number in its file, with whole cells. */
  row: Request<{ table: 'data' | 'test'; row: number }, TableRow | null>;
  /** What a row is answered with, as fixed and as the file has it; null where it cannot be read label by label. */
  rowLabel: Request<{ recipe: Recipe; place: RowPlace; labels: string[] }, RowLabels>;
  /** The recipe's fixes with that row's label changed; null where the label cannot be learnt. Saves nothing. */
  relabel: Request<{ recipe: Recipe; place: RowPlace; labels: string[]; label: RowLabel }, LabelFix[] | null>;
  /**
   * The data set, for the training worker; sent worker to worker through `port`, never through the page.
   * @param most rows of a side, drawn by chance; null for all
   */
  sendDataset: Request<{ recipe: Recipe; port: MessagePort; most: number | null }, { rows: number }>;
  newProject: Request<Record<string, never>, ProjectSnapshot>;
  deleteEverything: Request<Record<string, never>, { deletedBytes: number }>;
  storage: Request<Record<string, never>, StorageState>;
}

/** Lengths of the texts in tokens of the base model, special ones included. */
export interface TextMeasure {
  percentile95: number;
  longest: number;
  /** At the recipe's maxLength: rows cut, and the share of all tokens that stays unread. */
  cutRows: number;
  cutTokenShare: number;
  /** Share of tokens that the base model's vocabulary does not know. */
  unknownTokenShare: number;
  /** Another model in the box that knows far more of them, and one that knows far less: why this one. */
  better: ModelCoverage | null;
  worse: ModelCoverage | null;
  /** Rows counted; fewer than all in a very long file, where the figures are scaled up. */
  countedRows: number;
}

export interface DeviceEstimate {
  device: DeviceDescription;
  tokensPerSecond: number;
  rowsPerSecond: number;
  /** Whole run, evaluation and test included, at the recipe as it stands, all rows. */
  secondsForAllRows: number;
  /** Training rows that fit in 20 minutes when all do not. */
  rowsWithinLimit: number | null;
  /** For the longest batch; null where the engine cannot say. */
  memory: MemoryEstimate | null;
  /** Looking for likely wrong labels; null where rows have no one label each. */
  labelErrorSeconds: number | null;
}

export interface TrainAnswer {
  events: number;
  /** With `record`: what another program needs to make the same run. */
  recording: { batches: { epoch: number; rows: number[]; length: number }[]; head: { name: string; shape: number[]; data: Float32Array }[] } | null;
}

/** What someone asks of the model. */
export interface TryQuestion {
  text: string;
  /** Second text of a pair. */
  textPair?: string;
}

/** By kind of report. `base`: of the model as it was before training, its new head included. */
export type TryAnswer = { tokens: number; cutTokens: number } & (
  | { kind: 'class'; labels: string[]; tuned: number[]; base: number[] }
  /** Sigmoids; a label is given from the threshold on. */
  | { kind: 'labels'; labels: string[]; threshold: number; tuned: number[]; base: number[] }
  /** In the target's own unit. */
  | { kind: 'number'; tuned: number; base: number }
  /** Words of the text, and a label id for each; -1 for a word that is not read. An untrained head has nothing to say. */
  | { kind: 'tokens'; labels: string[]; words: WordRange[]; tuned: number[] }
);

export interface ExportFile {
  name: string;
  blob: Blob;
}

/** Holds a model and trains it. */
export interface TrainingRequests {
  /** Loads the base model and starts a device. Again with another model or backend replaces both. `modelFiles`: in place of a model in the box. */
  prepare: Request<{ baseModel: string; modelFiles: File[] | null; backend: BackendId | null }, { device: DeviceDescription; model: { id: string; parameters: number } }>;
  /** Receives the data set through `port` and times a few steps on it. Weights are untouched. */
  estimate: Request<{ recipe: Recipe; port: MessagePort }, DeviceEstimate>;
  /** Ranks the rows of all sides by how likely their label is wrong. One label a row only. Takes minutes for many rows. */
  findLabelErrors: Request<{ recipe: Recipe; port: MessagePort }, LabelSuspects>;
  /** Trains; every event comes through `onEvent`. Ends when the run does, however it ended. */
  train: Request<{ recipe: Recipe; port: MessagePort; continueFromBest: boolean; record?: boolean }, TrainAnswer>;
  /** The running `train` ends after the current step, keeps the best weights, evaluates and finishes. */
  stop: Request<Record<string, never>, Record<string, never>>;
  /** Makes a stored run's weights ready for `tryText` and `export`. */
  openRun: Request<Record<string, never>, { report: Report } | null>;
  tryText: Request<TryQuestion, TryAnswer>;
  /** The Hugging Face folder, read back and compared on every test row before this answers. */
  export: Request<{ language: 'en' | 'zh'; as: 'zip' | 'files' }, { files: ExportFile[]; check: { rows: number; largestDifference: number } }>;
}

export type Requests = ProjectRequests | TrainingRequests;

/** Page to worker. */
export type ToWorker<Map> =
  | { [Name in keyof Map]: { type: 'request'; id: number; name: Name; parameters: Map[Name] extends Request<infer P, unknown> ? P : never } }[keyof Map]
  | { type: 'cancel'; id: number }
  | { type: 'ping'; id: number };

/** Worker to page. */
export type FromWorker =
  | { type: 'answer'; id: number; answer: unknown }
  | { type: 'error'; id: number; error: import('../domain').ErrorData }
  | { type: 'progress'; id: number; progress: Progress }
  | { type: 'event'; id: number; event: RunEvent }
  | { type: 'pong'; id: number }
  /** A request to another origin that the policy stopped, seen from inside this worker. */
  | { type: 'blocked'; origin: string };
