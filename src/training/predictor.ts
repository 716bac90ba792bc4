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
import { UsedVocabulary, withTableRows } from './vocabulary';

/** Rows by which the room for the word table grows. */
const TABLE_STEP = 512;

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
  private readonly backend: Backend;
  private readonly parameters: Map<string, Tensor>;
  private readonly wordTable: Tensor;
  private readonly base: BaseModel;
  /** With room for as many different tokens as were needed so far. */
  private open: { session: EngineSession; tableRows: number } | null = null;

  constructor({ backend, base, task, labels, tensors, seed }: PredictorOptions) {
    this.base = base;
    this.backend = backend;
    this.graph = task.graph(base.model, labels);
    const { parameters, initialized } = matchParameters(base.architecture, this.graph, tensors, seed);
    this.initialized = initialized;
    const wordTable = parameters.get(this.graph.wordTable);
    if (!wordTable) throw new Error('The word table is missing.');
    this.wordTable = wordTable;
    this.parameters = parameters;
  }

  /** A session with this word table; a new one where the table outgrows the room there is. */
  private sessionFor(table: Tensor): EngineSession {
    const [rows = 0, width = 0] = table.shape;
    const tableRows = this.open && this.open.tableRows >= rows ? this.open.tableRows : Math.ceil(rows / TABLE_STEP) * TABLE_STEP;
    const data = new Float32Array(tableRows * width);
    data.set(table.data);
    const padded = { shape: [tableRows, width], data };
    if (this.open?.tableRows === tableRows) {
      this.open.session.writeParameters(new Map([[this.graph.wordTable, padded]]));
      return this.open.session;
    }
    this.dispose();
    const parameters = new Map(this.parameters).set(this.graph.wordTable, padded);
    const session = this.backend.openSession({ graph: withTableRows(this.graph, tableRows), parameters, trained: new Set() });
    this.open = { session, tableRows };
    return session;
  }

  /** Logits in the order of the rows. */
  async predict(rows: readonly EncodedRow[], batchSize: number, pause: (done: number) => Promise<void>): Promise<Float32Array[]> {
    const { padId } = this.base.tokenizer;
    const vocabulary = new UsedVocabulary(rows, [padId]);
    const session = this.sessionFor(vocabulary.take(this.wordTable));
    const translated = rows.map((row) => ({ ...row, inputIds: vocabulary.translate(row.inputIds) }));
    const smallPadId = vocabulary.translate(Int32Array.of(padId))[0] ?? 0;
    return predictRows(session, translated, { batchSize, padId: smallPadId, maximumLength: this.base.model.config.maximumPositions, pause });
  }

  dispose(): void {
    this.open?.session.dispose();
    this.open = null;
  }
}
