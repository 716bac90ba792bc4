/**
 * Answers for any text with fixed weights: for trying a model and for checking an export. Only the rows of the word
 * table that the texts at hand use are on the device.
 */
import type { Backend, EngineSession, Graph, Tensor } from '../engine';
import { matchParameters } from '../models';
import type { TaskDefinition } from '../tasks';
import type { EncodedRow } from '../text';
import type { BaseModel } from './baseModel';
import { predictRows } from './predict';
import { UsedVocabulary } from './vocabulary';

export interface PredictorOptions {
  backend: Backend;
  base: BaseModel;
  task: TaskDefinition;
  labels: readonly string[];
  /** Values in place of the base model's. */
  tensors: ReadonlyMap<string, Tensor>;
  /** Seed of a head that `tensors` lacks. */
  seed: number;
}

export class Predictor {
  /** Parameters that no file held. */
  readonly initialized: readonly string[];
  private readonly graph: Graph;
  private readonly session: EngineSession;
  private readonly wordTable: Tensor;
  private readonly base: BaseModel;

  constructor({ backend, base, task, labels, tensors, seed }: PredictorOptions) {
    this.base = base;
    this.graph = task.graph(base.model, labels);
    const { parameters, initialized } = matchParameters(base.architecture, this.graph, tensors, seed);
    this.initialized = initialized;
    const wordTable = parameters.get(this.graph.wordTable);
    if (!wordTable) throw new Error('The word table is missing.');
    this.wordTable = wordTable;
    parameters.set(this.graph.wordTable, new UsedVocabulary([], [base.tokenizer.padId]).take(wordTable));
    this.session = backend.openSession({ graph: this.graph, parameters, trained: new Set() });
  }

  /** Logits in the order of the rows. */
  async predict(rows: readonly EncodedRow[], batchSize: number, pause: (done: number) => Promise<void>): Promise<Float32Array[]> {
    const { padId } = this.base.tokenizer;
    const vocabulary = new UsedVocabulary(rows, [padId]);
    this.session.writeParameters(new Map([[this.graph.wordTable, vocabulary.take(this.wordTable)]]));
    const translated = rows.map((row) => ({ ...row, inputIds: vocabulary.translate(row.inputIds) }));
    const smallPadId = vocabulary.translate(Int32Array.of(padId))[0] ?? 0;
    return predictRows(this.session, translated, { batchSize, padId: smallPadId, maximumLength: this.base.model.config.maximumPositions, pause });
  }

  dispose(): void {
    this.session.dispose();
  }
}
