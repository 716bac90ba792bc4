/** The open project as the project worker holds it: tables in memory, everything saved as it is made. */
import { AnnealError, readingChoice, type DataFiles, type Dataset, type DialectChoice, type FileFingerprint, type Finding, type Recipe, type RunEvent, type Table } from '../../domain';
import { examine, Examined, guessSplit, guessTask, prepareDataset, type ImportOptions, type LongRows, type Pause } from '../../data';
import { baseModelUrl } from '../../models';
import { MemoryStorage, openStorage, persist, ProjectStore, type PendingCells } from '../../storage';
import { defaultMaxLength, defaultRecipe, defaultTraining } from '../../training';
import type { DroppedFolder, ProjectSnapshot, StorageState, TableSummary, TextMeasure } from '../protocol';
import { differentValues } from './differentValues';
import { pausesFor } from './pauses';
import { readFrom } from './readFile';
import { TextLengths } from './texts';

/** BERT's positions; the base models in the box have as many. */
const MODEL_LIMIT = 512;

/** Looking at the columns of a large table takes a moment, and a table does not change. */
const summaries = new WeakMap<Table, TableSummary>();

function summaryOf(table: Table): TableSummary {
  const known = summaries.get(table) ?? summarize(table);
  summaries.set(table, known);
  return known;
}

function summarize(table: Table): TableSummary {
  const { textColumn, textPairColumn, labelColumn, labelColumns, task, reasons } = guessTask(table);
  return {
    fileName: table.fileName,
    fileBytes: table.fileBytes,
    dialect: table.dialect,
    columns: table.columns.map(({ name }) => name),
    rowsInFile: table.rowsInFile,
    rows: table.rowNumbers.length,
    setAside: table.setAside.length,
    notices: table.notices,
    guess: { textColumn, labelColumn, task, reasons, splitColumns: guessSplit(table, [textColumn, textPairColumn, labelColumn, ...(labelColumns ?? [])]) },
  };
}

/** The same for recipes that make the same data set of the same tables: texts are counted in tokens only to leave out long ones. */
function datasetKey({ task, data, split, sample, baseModel, training: { seed, maxLength } }: Recipe): string {
  const countsTokens = data.mends?.some(({ finding }) => finding === 'cut-texts') === true;
  return JSON.stringify([task, data, split, sample, seed, countsTokens ? [baseModel, maxLength] : null]);
}

export class ProjectState {
  private tables: Record<'data' | 'test', Table | null> = { data: null, test: null };
  private recipe: Recipe | null = null;
  private events: RunEvent[] = [];
  private hasWeights = false;
  private files: DataFiles | null = null;
  private readonly lengths: TextLengths;
  /** Work on tables that are about to be replaced or removed ends at its next pause: their cells are gone then. */
  private working = new AbortController();
  /** The data set that was asked for last: counts, findings, estimate and run ask for the same one in turn. */
  private prepared: { key: string; data: Table; testTable: Table | undefined; dataset: Dataset } | null = null;

  private constructor(
    private readonly store: ProjectStore,
    root: string,
  ) {
    this.lengths = new TextLengths((baseModel) => baseModelUrl(root, baseModel), MODEL_LIMIT);
  }

  /** @param root address that `models/` lies under, with a slash at its end */
  static async create(root: string): Promise<ProjectState> {
    const storage = (await openStorage()) ?? new MemoryStorage();
    return new ProjectState(new ProjectStore(storage), root);
  }

  table(which: 'data' | 'test'): Table | null {
    return this.tables[which];
  }

  /** Breaks for work on the open tables. */
  pauses(signal: AbortSignal): Pause {
    return pausesFor(signal, this.working.signal);
  }

  private endWork(): void {
    this.working.abort();
    this.working = new AbortController();
    this.prepared = null;
  }

  /** Also ends what began on the old ones after the last `endWork`. */
  private replaceTables(tables: Record<'data' | 'test', Table | null>): void {
    this.endWork();
    this.tables = tables;
  }

  async load(): Promise<void> {
    const manifest = await this.store.loadManifest();
    this.replaceTables({ data: await this.store.loadTable('data'), test: await this.store.loadTable('test') });
    this.recipe = manifest?.recipe ?? null;
    this.events = await this.store.loadEvents();
    this.hasWeights = manifest?.run?.weights != null;
    await this.readFingerprints();
  }

  /** The stored tables are hashed as they are written, so their fingerprints cost nothing. */
  private async readFingerprints(): Promise<void> {
    const manifest = await this.store.loadManifest();
    const fingerprint = (side: 'data' | 'test'): FileFingerprint | null => {
      const [table, stored] = [this.tables[side], manifest?.[side]];
      return table && stored ? { name: table.fileName, bytes: table.fileBytes, sha256: stored.sha256 } : null;
    };
    const data = fingerprint('data');
    this.files = data && { data, test: fingerprint('test') };
  }

  async usage(): Promise<StorageState> {
    return this.store.usage();
  }

  async snapshot(): Promise<ProjectSnapshot> {
    const { data, test } = this.tables;
    const ended = this.events.some(({ kind }) => kind === 'finished' || kind === 'failed');
    const finished = this.events.some(({ kind }) => kind === 'finished');
    return {
      table: data && summaryOf(data),
      testTable: test && summaryOf(test),
      recipe: this.recipe,
      defaultRecipe: data && (await this.makeRecipe(data, test !== null)),
      files: this.files,
      events: this.events,
      interrupted: this.events.length > 0 && !ended,
      hasWeights: finished && this.hasWeights,
    };
  }

  /** The open project stays as it is until the new table is saved. */
  async importFile(file: File | DroppedFolder, as: 'data' | 'test', options: ImportOptions & { signal: AbortSignal }): Promise<void> {
    const pending = await this.store.beginCells(as);
    try {
      const table = await readFrom(file, { ...options, pieces: pending.pieces });
      if (as === 'test') await this.takeTest(table, pending);
      else await this.takeData(table, pending, options);
    } catch (thrown) {
      await this.store.giveUpCells(pending);
      throw thrown;
    }
  }

  private async takeData(table: Table, pending: PendingCells, { choice, signal }: ImportOptions & { signal: AbortSignal }): Promise<void> {
    const recipe = await this.makeRecipe(table, false, choice, signal);
    if (signal.aborted) throw new AnnealError('cancelled', {});
    this.endWork();
    await this.store.saveTable('data', table, pending);
    this.replaceTables({ data: table, test: null });
    this.recipe = recipe.data.textColumn === '' || recipe.data.labelColumn === '' ? null : recipe;
    this.events = [];
    this.hasWeights = false;
    if (this.recipe) await this.store.saveRecipe(this.recipe);
    await this.readFingerprints();
    void persist();
  }

  private async takeTest(table: Table, pending: PendingCells): Promise<void> {
    if (this.recipe) {
      const { textColumn, textPairColumn, labelColumn, labelColumns } = this.recipe.data;
      for (const column of [textColumn, ...(textPairColumn === undefined ? [] : [textPairColumn]), ...(labelColumns ?? [labelColumn])]) {
        const columns = table.columns.map(({ name }) => name);
        if (!columns.includes(column)) throw new AnnealError('data.missing-column', { file: table.fileName, column, columns });
      }
    }
    this.endWork();
    await this.store.saveTable('test', table, pending);
    this.replaceTables({ ...this.tables, test: table });
    await this.changeTestSource('file');
  }

  async removeTestFile(): Promise<void> {
    this.endWork();
    await this.store.removeTestTable();
    this.replaceTables({ ...this.tables, test: null });
    await this.changeTestSource('split');
  }

  private async changeTestSource(testSource: 'file' | 'split'): Promise<void> {
    await this.readFingerprints();
    if (!this.recipe) return;
    const { fixes = [], ...data } = this.recipe.data;
    // Those of another test file are rows of nothing now.
    const kept = fixes.filter(({ file }) => file === 'data');
    this.recipe = { ...this.recipe, data: { ...data, ...(kept.length > 0 && { fixes: kept }) }, split: { ...this.recipe.split, testSource } };
    await this.store.saveRecipe(this.recipe);
  }

  /** The recipe before anyone changed it: columns by content, epochs by rows, base model and maximum length by the texts. */
  private async makeRecipe(table: Table, hasTestFile: boolean, choice: DialectChoice = {}, signal?: AbortSignal): Promise<Recipe> {
    const guess = guessTask(table);
    const columns = { textColumn: guess.textColumn ?? '', labelColumn: guess.labelColumn ?? '' };
    const pause = pausesFor(signal);
    const labels = await differentValues(table.columns.find(({ name }) => name === columns.labelColumn)?.cells ?? [], pause);
    const texts = { task: guess.task, data: { textColumn: columns.textColumn, ...(guess.textPairColumn !== null && { textPairColumn: guess.textPairColumn }) } };
    const baseModel = await this.lengths.propose(table, texts, pause);
    const recipe = defaultRecipe({ ...columns, task: guess.task, textPairColumn: guess.textPairColumn, labelColumns: guess.labelColumns, rows: table.rowNumbers.length, labels, baseModel });
    const measure = await this.lengths.measure(table, texts, baseModel, defaultTraining.maxLength, pause);
    const maxLength = measure ? defaultMaxLength(measure.percentile95, MODEL_LIMIT) : defaultTraining.maxLength;
    // Which sheet it was decides the data, so it is kept also where nobody chose it.
    const { sheet, sheets = [] } = table.dialect;
    const reading = readingChoice({ ...choice, sheet: sheets.length > 1 ? sheet : undefined });
    return {
      ...recipe,
      data: { ...recipe.data, ...reading },
      split: { ...recipe.split, testSource: hasTestFile ? 'file' : 'split' },
      training: { ...recipe.training, maxLength },
    };
  }

  /** Nothing where the recipe keeps them. @throws AnnealError `model.missing-file` where tokens cannot be counted: a rerun must do the same */
  private async tooLong(recipe: Recipe, tables: { data: Table; test: Table | undefined }, pause: Pause): Promise<LongRows | undefined> {
    if (!recipe.data.mends?.some(({ finding }) => finding === 'cut-texts')) return undefined;
    const rowsOf = async (table: Table | undefined): Promise<ReadonlySet<number>> => {
      if (table === undefined) return new Set();
      const rows = await this.lengths.tooLong(table, recipe, recipe.baseModel, recipe.training.maxLength, pause);
      if (rows === null) throw new AnnealError('model.missing-file', { file: 'tokenizer.json' });
      return rows;
    };
    // The data last: it is asked for again at once.
    const test = await rowsOf(tables.test);
    return { data: await rowsOf(tables.data), test };
  }

  /** @throws AnnealError `data.*`, and `cancelled` where the tables are replaced meanwhile */
  async dataset(recipe: Recipe, signal: AbortSignal): Promise<Dataset> {
    const { data, test } = this.tables;
    if (!data) throw new AnnealError('storage.damaged', { file: 'data' });
    const withTestFile = test !== null && recipe.split.testSource === 'file';
    const dataset = await this.prepare(recipe, data, withTestFile ? test : undefined, this.pauses(signal));
    const { files } = this;
    return files === null ? dataset : { ...dataset, files: { ...files, test: withTestFile ? files.test : null } };
  }

  private async prepare(recipe: Recipe, data: Table, testTable: Table | undefined, pause: Pause): Promise<Dataset> {
    const key = datasetKey(recipe);
    const { prepared } = this;
    if (prepared?.key === key && prepared.data === data && prepared.testTable === testTable) return prepared.dataset;
    // Two at once would need twice the room.
    this.prepared = null;
    const dataset = await prepareDataset(data, recipe, { testTable, tooLong: await this.tooLong(recipe, { data, test: testTable }, pause), pause });
    this.prepared = { key, data, testTable, dataset };
    return dataset;
  }

  /** With breaks, so that a newer recipe's counts need not wait for this one's findings. */
  async examine(recipe: Recipe, onProgress: (done: number, total: number) => void, signal: AbortSignal): Promise<Finding[]> {
    onProgress(0, 1);
    const { data, test } = this.tables;
    const pause = this.pauses(signal);
    const tokens = data && (await this.lengths.cut(data, recipe, recipe.baseModel, recipe.training.maxLength, pause));
    const withTestFile = test !== null && recipe.split.testSource === 'file';
    const examined = new Examined(await this.dataset(recipe, signal), { labelColumn: recipe.data.labelColumn, fromTestFile: withTestFile, tokens, keptEnd: recipe.training.truncationSide === 'left' });
    return examine(examined, onProgress, pause);
  }

  async saveRecipe(recipe: Recipe): Promise<void> {
    this.recipe = recipe;
    await this.store.saveRecipe(recipe);
  }

  async measureTexts(recipe: Recipe, signal: AbortSignal): Promise<TextMeasure | null> {
    const { data } = this.tables;
    return data && this.lengths.measure(data, recipe, recipe.baseModel, recipe.training.maxLength, this.pauses(signal));
  }

  async newProject(): Promise<void> {
    this.endWork();
    await this.store.newProject();
    this.forget();
  }

  async deleteEverything(): Promise<number> {
    this.endWork();
    const bytes = await this.store.deleteEverything();
    const names = await globalThis.caches?.keys().catch(() => []) ?? [];
    await Promise.all(names.map((name) => caches.delete(name)));
    this.forget();
    return bytes;
  }

  private forget(): void {
    this.files = null;
    this.replaceTables({ data: null, test: null });
    this.recipe = null;
    this.events = [];
    this.hasWeights = false;
  }
}
