/** What the trainer is given. */
import type { Dataset, Recipe, RunStore } from '../domain';
import type { Backend, Tensor } from '../engine';
import type { BaseModel } from './baseModel';

export type TrainingPhase = 'tokenizing' | 'compiling' | 'training' | 'evaluating' | 'saving';

export interface TrainerOptions {
  backend: Backend;
  /**
   * A device in place of one that was lost (fault 15), computes wrongly (fault 13), or cannot run this model. The same one
   * again, or none, ends the run.
   */
  replaceBackend?: (reason: Error) => Promise<Backend>;
  /** A second device, on which some test rows are scored again after training on a graphics card (fault 13). */
  startReference?: () => Promise<Backend>;
  base: BaseModel;
  dataset: Dataset;
  recipe: Recipe;
  runId: string;
  version: string;
  /** Where the best weights go. */
  store: Pick<RunStore, 'saveBestWeights'>;
  overrides: ReadonlyMap<string, Tensor>;
  continuedFrom: { runId: string; step: number } | null;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Lets waiting messages in; called between batches. */
  pause: () => Promise<void>;
  progress: (phase: TrainingPhase, done: number, total: number) => void;
  /** True once the person asked to stop and keep the best. */
  stopRequested: () => boolean;
  /** Told the rows of each batch and the tokens it is padded to, for the same run elsewhere. */
  onBatch?: (epoch: number, rows: readonly number[], length: number) => void;
  /** Told the head's parameters before the first step. */
  onHead?: (parameters: ReadonlyMap<string, Tensor>) => void;
}
