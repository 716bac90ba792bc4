/**
 * A model with its head on a device, over the part of the vocabulary that a data set uses. Owns its session: whoever
 * opens a classifier disposes of it.
 */
import type { Dataset, Recipe } from '../domain';
import type { Backend, EngineSession, Graph, Tensor } from '../engine';
import { matchParameters } from '../models';
import { tasks, type TaskDefinition } from '../tasks';
import type { EncodedRow } from '../text';
import type { BaseModel } from './baseModel';
import { tuningMethods } from './methods/registry';
import { UsedVocabulary, withTableRows } from './vocabulary';

export interface EncodedSides {
  train: EncodedRow[];
  validation: EncodedRow[];
  test: EncodedRow[];
}

/** Rows between two signs of life. */
const ROWS_PER_PAUSE = 500;

/** Token ids of every side, cut at the recipe's maxLength. */
export async function encodeSides(base: BaseModel, dataset: Dataset, recipe: Recipe, pause: (done: number, total: number) => Promise<void>): Promise<EncodedSides> {
  const { train, validation, test } = dataset;
  const total = train.length + validation.length + test.length;
  const maxLength = Math.min(recipe.training.maxLength, base.model.config.maximumPositions);
  const task = tasks[recipe.task];
  const tokenizer = base.tokenizer.cutting(recipe.training);
  let done = 0;
  const encode = async (examples: Dataset['train']): Promise<EncodedRow[]> => {
    const rows: EncodedRow[] = [];
    for (const example of examples) {
      rows.push(task.encode(tokenizer, example, maxLength, dataset));
      if (++done % ROWS_PER_PAUSE === 0) await pause(done, total);
    }
    await pause(done, total);
    return rows;
  };
  return { train: await encode(train), validation: await encode(validation), test: await encode(test) };
}

export interface ClassifierOptions {
  backend: Backend;
  base: BaseModel;
  task: TaskDefinition;
  labels: readonly string[];
  recipe: Recipe;
  sides: EncodedSides;
  /** Values in place of the base model's and of a new head: weights of an earlier run, or a head from a file. */
  overrides: ReadonlyMap<string, Tensor>;
  /** Rows computed at once, where fewer than a batch were before. */
  microBatchRows?: number;
  /** For scoring only: no gradients, no moments. */
  frozen?: boolean;
}

export class Classifier {
  readonly graph: Graph;
  readonly session: EngineSession;
  /** Names of the parameters that no file held: a new head, and a pooler where the base model has none. */
  readonly initialized: ReadonlySet<string>;
  /** Rows with ids of the small table. */
  readonly sides: EncodedSides;
  readonly padId: number;
  readonly maximumLength: number;
  private readonly vocabulary: UsedVocabulary;
  private readonly originalTable: Tensor;

  constructor({ backend, base, task, labels, recipe, sides, overrides, microBatchRows, frozen = false }: ClassifierOptions) {
    this.graph = task.graph(base.model, labels);
    const tensors = new Map([...base.tensors, ...overrides]);
    const { parameters, initialized } = matchParameters(base.architecture, this.graph, withoutTwins(tensors, overrides, base.architecture.baseModelPrefix), recipe.training.seed);
    this.initialized = new Set(initialized);
    const table = parameters.get(this.graph.wordTable);
    if (!table) throw new Error('The word table is missing.');
    this.originalTable = table;
    const { padId, unknownId } = base.tokenizer;
    this.vocabulary = new UsedVocabulary([...sides.train, ...sides.validation, ...sides.test], [padId, unknownId]);
    parameters.set(this.graph.wordTable, this.vocabulary.take(table));
    this.padId = this.vocabulary.translate(Int32Array.of(padId))[0] ?? 0;
    this.maximumLength = base.model.config.maximumPositions;
    this.sides = { train: this.translate(sides.train), validation: this.translate(sides.validation), test: this.translate(sides.test) };
    this.session = backend.openSession({ graph: withTableRows(this.graph, this.vocabulary.size), parameters, trained: frozen ? new Set() : tuningMethods[recipe.method].trained(this.graph), microBatchRows: microBatchRows ?? null });
  }

  /** Parameters, whole word table included. @param decay product of (1 - learningRate * weightDecay) over the steps made */
  async fullParameters(small: ReadonlyMap<string, Tensor>, decay: number): Promise<Map<string, Tensor>> {
    const table = small.get(this.graph.wordTable);
    if (!table) throw new Error('The word table is missing.');
    return new Map(small).set(this.graph.wordTable, this.vocabulary.restore(table, this.originalTable, decay));
  }

  parameterCount(): number {
    const size = ({ shape }: { shape: readonly number[] }) => shape.reduce((a, b) => a * b, 1);
    return this.graph.parameters.reduce((sum, spec) => sum + size(spec), 0);
  }

  dispose(): void {
    this.session.dispose();
  }

  private translate(rows: readonly EncodedRow[]): EncodedRow[] {
    return rows.map((row) => ({ ...row, inputIds: this.vocabulary.translate(row.inputIds) }));
  }
}

/** Overrides carry the prefix, the base model's own names may not: one of two names for the same tensor is dropped. */
function withoutTwins(tensors: Map<string, Tensor>, overrides: ReadonlyMap<string, Tensor>, prefix: string): Map<string, Tensor> {
  for (const name of overrides.keys()) if (name.startsWith(prefix)) tensors.delete(name.slice(prefix.length));
  return tensors;
}
