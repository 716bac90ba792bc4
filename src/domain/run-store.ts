/** Where a run is kept: what the training loop needs of storage, handed in by the worker. */
import type { RunEvent } from './events';

/** Pieces of one file, in order. */
export type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

export interface StoredWeights {
  file: string;
  /** Lower-case hexadecimal. */
  sha256: string;
  bytes: number;
}

/** All of it may throw AnnealError `storage.full`; what was stored before is then untouched. */
export interface RunStore {
  /** Makes a new run the current one; the run before it is given up with its weights. */
  startRun(runId: string): Promise<void>;
  /** Adds to the current run's log; on the disk when it resolves. */
  appendEvents(events: RunEvent[]): Promise<void>;
  /** Empty where there is no run. @throws AnnealError `storage.damaged` */
  loadEvents(): Promise<RunEvent[]>;
  /** Replaces the current run's weights by a `model.safetensors`, given in pieces. */
  saveBestWeights(step: number, chunks: Chunks): Promise<StoredWeights>;
  /** Hash checked. @throws AnnealError `storage.damaged` */
  loadBestWeights(): Promise<Uint8Array<ArrayBuffer> | null>;
  /** A small file of the current run (a report, a recipe), by a name of letters, digits, `.`, `_` and `-`. */
  saveRunFile(name: string, bytes: Uint8Array): Promise<void>;
  /** Hash checked. @throws AnnealError `storage.damaged` */
  loadRunFile(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
}
