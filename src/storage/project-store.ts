/**
 * A project on storage: what was saved stays, whatever breaks.
 *
 * Every write goes to a new file, and a manifest that names it is swapped afterwards; files that no manifest names are
 * collected then. So after a crash there is the state before or after, never a mixture. The project worker writes the
 * project's part (tables, recipe) and the training worker the run's; each collects only its own kinds of file.
 *
 * ```
 * project.0.json, project.1.json      the project's part: slots, see manifest-slots.ts
 * projects/<projectId>/run.{0,1}.json the run's part
 * projects/<projectId>/<kind>-<n>     data, test, cells; events, weights, file
 * models/<sha256>                     see model-cache.ts
 * ```
 */
import { AnnealError, Sha256, sha256Hex, type Recipe, type RunEvent, type RunStore, type StoredWeights, type Table } from '../domain';
import { eventLines, readEventLog } from './event-log';
import { ManifestSlots } from './manifest-slots';
import { isFileName, projectPartSchema, runPartSchema, type ProjectManifest, type ProjectPart, type RunPart, type StoredFile } from './manifests';
import { OpenPieces } from './open-pieces';
import { isSinglePiece, type Chunks, type PieceFile, type ProjectStorage, type StorageUsage } from './project-storage';
import { inPieces, readFileName, readTable, tableChunks } from './table-format';

export type TableSide = 'data' | 'test';
type FileKind = TableSide | 'cells' | 'events' | 'weights' | 'file';

const PROJECT_KINDS: FileKind[] = ['data', 'test', 'cells'];
const RUN_KINDS: FileKind[] = ['events', 'weights', 'file'];

/** Runs of a worker whose storage holds no project: in a private window each worker has a memory of its own. */
const NO_PROJECT = 'unsaved';

/** Where the cells of a table go before the table is saved. */
export interface PendingCells {
  projectId: string;
  file: string;
  pieces: PieceFile;
}

export class ProjectStore implements RunStore {
  private readonly project: ManifestSlots<ProjectPart>;
  /** One call after the other: each reads a manifest, and writes what follows from it. */
  private last: Promise<unknown> = Promise.resolve();
  /** Path of the log that is known to end in a line break, so that it can be appended to. */
  private cleanLog: string | null = null;
  private readonly pieces: OpenPieces;

  constructor(private readonly storage: ProjectStorage) {
    this.project = new ManifestSlots(storage, 'project', projectPartSchema);
    this.pieces = new OpenPieces(storage);
  }

  /**
   * Null before anything was saved. A damaged run does not keep the project's data from opening: `run` is null then,
   * and `loadEvents` says so.
   *
   * @throws AnnealError `storage.damaged`
   */
  loadManifest(): Promise<ProjectManifest | null> {
    return this.inTurn(async () => {
      const part = await this.project.read();
      if (part === null) return null;
      return { ...part, run: await this.runSlots(part.projectId).read().catch(nullIfDamaged) };
    });
  }

  /** A file for the cells of a table that is being read; to be saved with `saveTable`, or given up. */
  beginCells(side: TableSide): Promise<PendingCells> {
    return this.inTurn(async () => {
      const projectId = side === 'data' ? randomName() : ((await this.project.read())?.projectId ?? randomName());
      const file = newFileName('cells');
      return { projectId, file, pieces: await this.pieces.create(pathOf(projectId, file)) };
    });
  }

  giveUpCells({ projectId, file }: PendingCells): Promise<void> {
    return this.inTurn(async () => {
      await this.pieces.remove(pathOf(projectId, file)).catch(() => 0);
      // A folder that was made for it alone is collected with the next commit.
    });
  }

  /**
   * `data` begins a new project: test table, recipe and runs of the old one are gone with the same swap.
   *
   * @param pending where the cells of the table are already
   */
  async saveTable(side: TableSide, table: Table, pending?: PendingCells): Promise<void> {
    const cells = pending ?? (await this.beginCells(side));
    return this.inTurn(async () => {
      const part = await this.partFor(side, cells);
      const written = inPieces(table, cells.pieces);
      await cells.pieces.keep();
      const stored = await this.writeFile(part.projectId, side, tableChunks(written));
      this.pieces.settle(pathOf(part.projectId, cells.file));
      await this.commitProject({ ...part, [side]: { ...stored, cells: cells.file } });
    });
  }

  private async partFor(side: TableSide, { projectId }: PendingCells): Promise<ProjectPart> {
    if (side === 'data') return { ...emptyProject(), projectId };
    const part = (await this.project.read()) ?? { ...emptyProject(), projectId };
    // Another project was begun while this file was read.
    if (part.projectId !== projectId) throw new AnnealError('cancelled', {});
    return part;
  }

  /** Null where there is no such table, or it cannot be read. */
  tableFileName(side: TableSide): Promise<string | null> {
    return this.inTurn(async () => {
      const part = await this.project.read();
      const file = part?.[side]?.file;
      const chunks = part && file !== undefined ? await this.storage.readChunks(pathOf(part.projectId, file)) : null;
      return chunks && readFileName(chunks);
    });
  }

  /** Null where there is none. @throws AnnealError `storage.damaged` */
  loadTable(side: TableSide): Promise<Table | null> {
    return this.inTurn(async () => {
      const part = await this.project.read();
      const stored = part?.[side];
      if (!part || !stored) return null;
      const chunks = await this.storage.readChunks(pathOf(part.projectId, stored.file));
      if (chunks === null) throw damaged(stored.file);
      const pieces = await this.pieces.open(pathOf(part.projectId, stored.cells));
      if (pieces === null) throw damaged(stored.cells);
      const hash = new Sha256();
      const table = await readTable(hashing(chunks, hash), pieces, stored.file);
      if (hash.hex() !== stored.sha256) throw damaged(stored.file);
      return table;
    });
  }

  removeTestTable(): Promise<void> {
    return this.inTurn(async () => {
      const part = await this.project.read();
      if (part !== null) await this.commitProject({ ...part, test: null });
    });
  }

  saveRecipe(recipe: Recipe): Promise<void> {
    return this.inTurn(async () => this.commitProject({ ...((await this.project.read()) ?? emptyProject()), recipe }));
  }

  /** An empty project; also the way out of a damaged one. */
  newProject(): Promise<void> {
    return this.inTurn(() => this.commitProject(emptyProject()));
  }

  startRun(runId: string): Promise<void> {
    return this.inTurn(async () => {
      const projectId = await this.projectId();
      await this.commitRun(projectId, { runId, eventsFile: newFileName('events'), weights: null, files: [] });
    });
  }

  appendEvents(events: RunEvent[]): Promise<void> {
    return this.inTurn(async () => {
      const projectId = await this.projectId();
      const path = pathOf(projectId, (await this.mendedRun(projectId)).eventsFile);
      // Until this append has ended well nobody knows how the log ends.
      this.cleanLog = null;
      await this.storage.append(path, eventLines(events));
      this.cleanLog = path;
    });
  }

  loadEvents(): Promise<RunEvent[]> {
    return this.inTurn(async () => {
      const projectId = await this.projectId();
      const run = await this.runSlots(projectId).read();
      const bytes = run === null ? null : await this.storage.readBytes(pathOf(projectId, run.eventsFile));
      return run === null || bytes === null ? [] : readEventLog(bytes, run.eventsFile).events;
    });
  }

  saveBestWeights(step: number, chunks: Chunks): Promise<StoredWeights> {
    return this.inTurn(async () => {
      const projectId = await this.projectId();
      const run = await this.currentRun(projectId);
      const stored = await this.writeFile(projectId, 'weights', chunks);
      await this.commitRun(projectId, { ...run, weights: { ...stored, step } });
      return stored;
    });
  }

  loadBestWeights(): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.inTurn(async () => {
      const projectId = await this.projectId();
      const run = await this.runSlots(projectId).read();
      return this.readVerified(projectId, run?.weights ?? null);
    });
  }

  saveRunFile(name: string, bytes: Uint8Array): Promise<void> {
    return this.inTurn(async () => {
      if (!isFileName(name)) throw new Error(`bad name ${name}`);
      const projectId = await this.projectId();
      const run = await this.currentRun(projectId);
      const stored = await this.writeFile(projectId, 'file', bytes);
      const others = run.files.filter((file) => file.name !== name);
      await this.commitRun(projectId, { ...run, files: [...others, { name, ...stored }] });
    });
  }

  loadRunFile(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.inTurn(async () => {
      const projectId = await this.projectId();
      const run = await this.runSlots(projectId).read();
      return this.readVerified(projectId, run?.files.find((file) => file.name === name) ?? null);
    });
  }

  /** Project, runs and kept base models. Answers the bytes deleted. */
  deleteEverything(): Promise<number> {
    this.cleanLog = null;
    return this.inTurn(() => this.pieces.remove(''));
  }

  usage(): Promise<StorageUsage> {
    return this.storage.usage();
  }

  private inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.last.then(work, work);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async projectId(): Promise<string> {
    return (await this.project.read())?.projectId ?? NO_PROJECT;
  }

  private runSlots(projectId: string): ManifestSlots<RunPart> {
    return new ManifestSlots(this.storage, pathOf(projectId, 'run'), runPartSchema);
  }

  private async currentRun(projectId: string): Promise<RunPart> {
    const run = await this.runSlots(projectId).read();
    if (run === null) throw new Error('no run was started');
    return run;
  }

  /** The current run, its log ending in a whole line. A torn log is copied without its torn end, never cut in place. */
  private async mendedRun(projectId: string): Promise<RunPart> {
    const run = await this.currentRun(projectId);
    const path = pathOf(projectId, run.eventsFile);
    if (path === this.cleanLog) return run;
    const bytes = await this.storage.readBytes(path);
    const wholeBytes = bytes === null ? 0 : readEventLog(bytes, run.eventsFile).wholeBytes;
    if (bytes === null || wholeBytes === bytes.length) return run;
    const { file } = await this.writeFile(projectId, 'events', bytes.subarray(0, wholeBytes));
    const mended = { ...run, eventsFile: file };
    await this.commitRun(projectId, mended);
    return mended;
  }

  private async commitProject(part: ProjectPart): Promise<void> {
    await this.project.write(part);
    const kept = [part.data, part.test].flatMap((table) => (table ? [table.file, table.cells] : []));
    await this.collect(part.projectId, PROJECT_KINDS, kept);
    for (const { name } of await this.storage.list('projects').catch(() => [])) {
      // A folder that the training worker still writes to is collected with the next commit.
      if (name !== part.projectId && !this.pieces.isPending(`projects/${name}`)) await this.pieces.remove(`projects/${name}`).catch(() => 0);
    }
  }

  private async commitRun(projectId: string, run: RunPart): Promise<void> {
    await this.runSlots(projectId).write(run);
    const files = run.files.map(({ file }) => file);
    await this.collect(projectId, RUN_KINDS, [run.eventsFile, run.weights?.file, ...files]);
  }

  /** Failing here costs room, not data, and the next commit tries again. */
  private async collect(projectId: string, kinds: FileKind[], kept: (string | undefined)[]): Promise<void> {
    const folder = `projects/${projectId}`;
    for (const { name } of await this.storage.list(folder).catch(() => [])) {
      if (kept.includes(name) || !kinds.some((kind) => name.startsWith(`${kind}-`))) continue;
      if (!this.pieces.isPending(`${folder}/${name}`)) await this.pieces.remove(`${folder}/${name}`).catch(() => 0);
    }
  }

  private async writeFile(projectId: string, kind: FileKind, content: Uint8Array | Chunks): Promise<StoredFile> {
    const file = newFileName(kind);
    const hash = new Sha256();
    const chunks = isSinglePiece(content) ? [content] : content;
    const bytes = await this.storage.writeBytes(pathOf(projectId, file), hashing(chunks, hash));
    return { file, sha256: hash.hex(), bytes };
  }

  private async readVerified(projectId: string, stored: StoredFile | null): Promise<Uint8Array<ArrayBuffer> | null> {
    if (stored === null) return null;
    const bytes = await this.storage.readBytes(pathOf(projectId, stored.file));
    if (bytes === null || (await sha256Hex(bytes)) !== stored.sha256) throw damaged(stored.file);
    return bytes;
  }
}

async function* hashing(chunks: Chunks, hash: Sha256): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

function emptyProject(): ProjectPart {
  return { projectId: randomName(), data: null, test: null, recipe: null };
}

/** New names are random: what a crash left behind may have any name that counting could come to again. */
function newFileName(kind: FileKind): string {
  return `${kind}-${randomName()}`;
}

function randomName(): string {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return `p${high.toString(36)}${low.toString(36)}`;
}

function pathOf(projectId: string, file: string): string {
  return `projects/${projectId}/${file}`;
}

function nullIfDamaged(error: unknown): null {
  if (error instanceof AnnealError && error.code === 'storage.damaged') return null;
  throw error;
}

function damaged(file: string): AnnealError {
  return new AnnealError('storage.damaged', { file });
}
