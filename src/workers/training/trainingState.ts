/** What the training worker holds: a base model on a device, and the finished run that can be tried and exported. */
import { AnnealError, type BackendId, type Dataset, type Recipe, type RunEvent } from '../../domain';
import { DeviceLost, startEngine, type Backend, type Tensor } from '../../engine';
import { baseModelUrl, loadModelFromFiles, loadPackagedModel, readTensors } from '../../models';
import { MemoryStorage, modelCache, openStorage, ProjectStore, type ProjectStorage } from '../../storage';
import { openBaseModel, train, type BaseModel, type TrainingPhase } from '../../training';
import type { Progress, TrainAnswer } from '../protocol';
import { wasmPaths } from '../wasmPaths';
import type { FinishedRun } from './exportRun';
import { createPause } from './pause';
import { TryIt } from './tryIt';

declare const __VERSION__: string;

interface Prepared {
  backend: Backend;
  base: BaseModel;
}

export interface PrepareParameters {
  /** As the recipe names it. */
  baseModel: string;
  /** A folder from disk, which then goes by that name; null for a model in the box. */
  modelFiles: File[] | null;
  backend: BackendId | null;
}

/** After so many the graphics card is left alone. */
const MOST_LOSSES = 3;
/** Events are written to the disk at least this often. */
const SAVE_EVERY_MILLISECONDS = 1000;

export class TrainingState {
  readonly pause = createPause();
  private readonly storage: ProjectStorage;
  private readonly store: ProjectStore;
  private prepared: Prepared | null = null;
  private run: FinishedRun | null = null;
  private tryIt: TryIt | null = null;
  private stopRequested = false;
  private training = false;

  private constructor(storage: ProjectStorage) {
    this.storage = storage;
    this.store = new ProjectStore(storage);
  }

  static async create(): Promise<TrainingState> {
    return new TrainingState((await openStorage()) ?? new MemoryStorage());
  }

  async prepare({ baseModel, modelFiles, backend }: PrepareParameters, progress: (progress: Progress) => void): Promise<Prepared> {
    this.closeRun();
    const packaged = modelFiles
      ? { ...(await loadModelFromFiles(modelFiles)), id: baseModel }
      : await loadPackagedModel({
          baseUrl: baseModelUrl(import.meta.env.BASE_URL, baseModel),
          fetch: globalThis.fetch.bind(globalThis),
          cache: modelCache(this.storage),
          onProgress: ({ doneBytes, totalBytes }) => progress({ phase: 'model', done: doneBytes, total: totalBytes }),
        });
    const base = openBaseModel(packaged);
    progress({ phase: 'device', done: 0, total: 1 });
    if (backend !== null && this.prepared?.backend.id !== backend) {
      this.prepared?.backend.dispose();
      this.prepared = null;
    }
    this.prepared = { base, backend: this.prepared?.backend ?? (await startEngine({ backend, wasmPaths })) };
    return this.prepared;
  }

  /**
   * That base model on the device: a run is trained, tried and exported on its own, whichever was prepared last. A
   * device that went away between two uses (sleep, a driver's reset) is started anew.
   *
   * @throws AnnealError `model.missing-file` before `prepare`; `model.*`, `download.*` where another one must be loaded
   */
  async ready(baseModel: string): Promise<Prepared> {
    if (!this.prepared) throw new AnnealError('model.missing-file', { file: 'model.safetensors' });
    if (this.prepared.base.id !== baseModel && !this.training) await this.prepare({ baseModel, modelFiles: null, backend: null }, () => {});
    const { prepared } = this;
    if (!prepared.backend.failed || this.training) return prepared;
    this.closeRun();
    prepared.backend.dispose();
    this.prepared = { base: prepared.base, backend: await this.startAgain(prepared.backend).catch(() => startEngine({ backend: null, wasmPaths })) };
    return this.prepared;
  }

  stop(): void {
    this.stopRequested = true;
  }

  async train(dataset: Dataset, recipe: Recipe, options: { continueFromBest: boolean; record: boolean }, context: { event: (event: RunEvent) => void; progress: (progress: Progress) => void }): Promise<TrainAnswer> {
    const { backend, base } = await this.ready(recipe.baseModel);
    const before = options.continueFromBest ? await this.bestBefore(recipe.baseModel) : null;
    this.closeRun();
    this.stopRequested = false;
    const runId = crypto.randomUUID();
    await this.store.startRun(runId);
    const log = new EventLog(this.store);
    const batches: { epoch: number; rows: number[]; length: number }[] = [];
    let head: ReadonlyMap<string, Tensor> = new Map();
    let count = 0;
    const run = train({
      backend,
      replaceBackend: this.replacement(),
      startReference: () => startEngine({ backend: 'wasm', wasmPaths }),
      base,
      dataset,
      recipe,
      runId,
      version: __VERSION__,
      store: this.store,
      overrides: before?.tensors ?? new Map(),
      continuedFrom: before?.from ?? null,
      now: Date.now,
      pause: this.pause,
      progress: (phase: TrainingPhase, done, total) => context.progress({ phase, done, total }),
      stopRequested: () => this.stopRequested,
      ...(options.record && {
        onBatch: (epoch: number, rows: readonly number[], length: number) => void batches.push({ epoch, rows: [...rows], length }),
        onHead: (tensors: ReadonlyMap<string, Tensor>) => void (head = tensors),
      }),
    });
    this.training = true;
    try {
      for await (const event of run) {
        await log.add(event);
        context.event(event);
        count++;
        // Fault 13: what erred is not used again.
        if (event.kind === 'failed' && event.error.code === 'run.wrong-numbers') await this.replacement()(new Error(event.error.code));
      }
    } finally {
      this.training = false;
    }
    await log.flush();
    await this.openRun();
    const recording = options.record ? { batches, head: [...head].map(([name, tensor]) => ({ name, ...tensor })) } : null;
    return { events: count, recording };
  }

  /** A new device: for one that was lost (fault 15) the same kind, some times; for one that cannot be used another. */
  private replacement(): (reason: Error) => Promise<Backend> {
    let losses = 0;
    return async (reason) => {
      const { prepared } = this;
      if (!prepared) throw reason;
      const { backend, base } = prepared;
      // Whatever comes of it, the old one is not handed out again.
      this.prepared = null;
      backend.dispose();
      const instead = backend.id === 'wasm' ? 'tfjs-wasm' : 'wasm';
      const again = reason instanceof DeviceLost && ++losses <= MOST_LOSSES;
      const next = again ? await this.startAgain(backend).catch(() => startEngine({ backend: instead, wasmPaths })) : await startEngine({ backend: instead, wasmPaths });
      this.prepared = { base, backend: next };
      return next;
    };
  }

  /** The same kind of device, with the same choice of kernels. */
  private startAgain({ id, choices }: Backend): Promise<Backend> {
    return startEngine({ backend: id, wasmPaths, choices });
  }

  private async bestBefore(baseModel: string): Promise<{ tensors: Map<string, Tensor>; from: { runId: string; step: number } } | null> {
    const weights = await this.store.loadBestWeights();
    const manifest = await this.store.loadManifest();
    const events = await this.store.loadEvents();
    const [started] = events;
    const last = events.at(-1);
    // Weights that a device made which then proved wrong are nobody's start.
    if (last?.kind === 'failed' && last.error.code === 'run.wrong-numbers') return null;
    if (!weights || started?.kind !== 'started') return null;
    // Nor are those of another base model.
    if (started.recipe.baseModel !== baseModel) return null;
    const step = manifest?.run?.weights?.step ?? 0;
    return { tensors: readTensors(weights, 'model.safetensors'), from: { runId: started.runId, step } };
  }

  /** Makes the stored run usable. Null when it has not finished. */
  async openRun(): Promise<FinishedRun | null> {
    if (this.run) return this.run;
    const events = await this.store.loadEvents();
    const started = events.find((event) => event.kind === 'started');
    const finished = events.findLast((event) => event.kind === 'finished');
    const weights = await this.store.loadBestWeights();
    if (started?.kind !== 'started' || finished?.kind !== 'finished' || !weights) return null;
    this.run = { started, finished, weights };
    return this.run;
  }

  /** @throws AnnealError `storage.damaged` when there is no finished run */
  async openedRun(): Promise<FinishedRun> {
    const run = await this.openRun();
    if (!run) throw new AnnealError('storage.damaged', { file: 'model.safetensors' });
    return run;
  }

  async tryText(): Promise<TryIt> {
    const run = await this.openedRun();
    const { backend, base } = await this.ready(run.started.recipe.baseModel);
    this.tryIt ??= new TryIt(backend, base, run);
    return this.tryIt;
  }

  /** Name of the data file, for the model card. */
  async dataFileName(): Promise<string> {
    return (await this.store.tableFileName('data').catch(() => null)) ?? '';
  }

  private closeRun(): void {
    this.tryIt?.dispose();
    this.tryIt = null;
    this.run = null;
  }
}

/** Gathers steps for a moment before writing; everything else is written at once, with what waited. */
class EventLog {
  private waiting: RunEvent[] = [];
  private savedAt = Date.now();

  constructor(private readonly store: ProjectStore) {}

  async add(event: RunEvent): Promise<void> {
    this.waiting.push(event);
    if (event.kind !== 'stepped' || Date.now() - this.savedAt >= SAVE_EVERY_MILLISECONDS) await this.flush();
  }

  async flush(): Promise<void> {
    const events = this.waiting;
    this.waiting = [];
    this.savedAt = Date.now();
    if (events.length > 0) await this.store.appendEvents(events);
  }
}
