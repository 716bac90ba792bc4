/**
 * Errors a person may see.
 *
 * Each has a stable code and the facts that its message needs; the words live in `app/messages`, one entry a code and
 * language, so an error crosses a worker border as plain data and is translated where it is shown.
 * Not for programming mistakes: those stay ordinary `Error`s and reach the person as `unexpected`.
 */

/** What is wrong with a file whose kind is known; each has its words in every language. */
export type FileDamage =
  | 'cut-short'
  | 'not-json'
  | 'not-object'
  | 'too-many-columns'
  | 'not-tagged'
  | 'bad-archive'
  | 'checksum'
  | 'encrypted'
  | 'too-large'
  | 'missing-part'
  | 'missing-sheet'
  | 'not-xml'
  | 'bad-cell'
  | 'bad-structure'
  | 'unsupported'
  | 'not-text';

/** The facts each code carries. Rows are counted as a spreadsheet does: the first record is row 1. */
export interface ErrorFacts {
  /** Fault 1. `kind` says which of the ways a file can hold no rows. */
  'data.no-rows': {
    file: string;
    kind: 'zero-bytes' | 'header-only' | 'blank-lines' | 'empty-list' | 'not-a-table';
    /** Header cells for `header-only`. */
    columns?: string[];
    /** What the bytes look like for `not-a-table`: "PNG", "PDF", "ZIP", "folder", ... */
    looksLike?: string;
  };
  /** One column only, so there is no text beside a label. */
  'data.one-column': { file: string; columns: string[] };
  /** Fault 2a. */
  'data.too-few-classes': { column: string; rows: number; value: string; candidates: string[] };
  /** All values of the label column differ: an id, not a label. */
  'data.too-many-classes': { column: string; rows: number; classes: number; candidates: string[] };
  /** Fewer rows than a split needs. */
  'data.too-few-rows': { rows: number; needed: number };
  /**
   * Fault 4. `row` and `byte` (0-based offset) say where the second encoding begins; `unreadable` lines are not in the
   * first one, and `sample` is the first of them read in `likely`.
   */
  'data.mixed-encoding': { file: string; encoding: string; row: number; byte: number; likely: string | null; unreadable: number; sample: string | null };
  /** Fault 6. `line`: the one with the quote, its first 120 characters. */
  'data.unclosed-quote': { file: string; row: number; column: string; byte: number; rowsBefore: number; line: string };
  /** The column that parts the rows leaves a side without any; for `train`, no cell could be read. */
  'data.empty-side': { column: string; kind: 'group' | 'time' | 'side'; side: 'train' | 'validation' | 'test'; rows: number };
  /** Asked-for column is not in the file. */
  'data.missing-column': { file: string; column: string; columns: string[] };
  /** No row is left after setting aside. */
  'data.nothing-usable': { file: string; rows: number; setAside: number };
  /** The test file has a label that training never saw. */
  'data.unknown-label': { file: string; row: number; label: string };
  'data.unreadable-file': { file: string; reason: string };
  /** A file of a known kind that is damaged or cut short. `part`: the file inside an archive, the sheet or column. */
  'data.damaged-file': {
    file: string;
    rule: FileDamage;
    part: string | null;
    row: number | null;
    cell: string | null;
    byte: number | null;
    /** Reading again with `damagedRows: 'leave-out'` sets the row aside instead. */
    canLeaveOut?: true;
  };
  /** Fault 22. `rule` is one of the format's rules, see models/safetensors. */
  'model.bad-file': {
    file: string;
    rule: string;
    tensor?: string;
    other?: string;
    begin?: number;
    end?: number;
    bytes?: number;
    expected?: number;
    /** Position of the first bad value within its tensor. */
    index?: number;
  };
  'model.unsupported': { file: string; modelType: string; supported: string[] };
  'model.bad-config': { file: string; field: string; value: string };
  'model.tensors-differ': { missing: string[]; unexpected: string[]; misshapen: string[] };
  'model.missing-file': { file: string };
  /** A slice of the base model could not be fetched. */
  'download.incomplete': { file: string; receivedBytes: number; totalBytes: number; status: number | null };
  'download.wrong-bytes': { file: string; expectedHash: string; actualHash: string };
  /** Fault 12; all devices tried, none could be started. */
  'device.unavailable': { tried: { backend: string; reason: string }[] };
  /** The asked-for backend (headless, or chosen by hand) could not be started. */
  'device.refused': { backend: string; reason: string };
  /** Not even one row fits. `bytes` were asked for, where that is known. */
  'device.out-of-memory': { device: string; bytes: number | null };
  /** Fault 14. */
  'run.diverged': { step: number; learningRate: number; tensor: string | null; bestStep: number | null };
  /** Fault 13, after training: the device's scores of some test rows are not those of the processor. */
  'run.wrong-numbers': { device: string; rows: number; difference: number; allowed: number };
  'recipe.invalid': { field: string; value: string; rule: string };
  'export.differs': { rows: number; differing: number; largestDifference: number; limit: number };
  'storage.full': { neededBytes: number; freeBytes: number };
  'storage.damaged': { file: string };
  'project.open-elsewhere': Record<string, never>;
  'worker.crashed': { worker: 'project' | 'training'; doing: string };
  cancelled: Record<string, never>;
  unexpected: { detail: string };
}

export type ErrorCode = keyof ErrorFacts;

/** An error as plain data: what crosses a worker border and what a `failed` event holds. */
export type ErrorData = { [Code in ErrorCode]: { code: Code; facts: ErrorFacts[Code] } }[ErrorCode];

export class AnnealError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'AnnealError';

  constructor(
    readonly code: Code,
    readonly facts: ErrorFacts[Code],
  ) {
    super(`${code} ${JSON.stringify(facts)}`);
  }

  toData(): ErrorData {
    // The class ties code and facts together; the union cannot be rebuilt from a generic without saying so.
    return { code: this.code, facts: this.facts } as unknown as ErrorData;
  }
}

export function errorFromData(data: ErrorData): AnnealError {
  return new AnnealError(data.code, data.facts);
}

/** Any thrown value as error data. What is not an `AnnealError` becomes `unexpected`, with its message and no stack. */
export function toErrorData(thrown: unknown): ErrorData {
  if (thrown instanceof AnnealError) return thrown.toData();
  const detail = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return { code: 'unexpected', facts: { detail } };
}
