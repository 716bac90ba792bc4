/**
 * What the untouched base model makes of each text: the mean of its last hidden states over the text's tokens. The
 * encoder runs under a token-classification head whose weights are the identity, so that its answers are the states.
 */
import type { Dataset, Example, Recipe } from '../../domain';
import type { Backend, Graph, Tensor } from '../../engine';
import { matchParameters } from '../../models';
import { tasks } from '../../tasks';
import { evaluationBatches, padBatch, type EncodedRow } from '../../text';
import type { BaseModel } from '../baseModel';
import { UsedVocabulary, withTableRows } from '../vocabulary';
import type { Matrix } from './matrix';

const batchSize = 32;
/** Rows between two signs of life while texts become tokens. */
const rowsPerPause = 500;

export interface FeatureOptions {
  backend: Backend;
  base: BaseModel;
  dataset: Dataset;
  recipe: Recipe;
  examples: readonly Example[];
  /** Called with the share done; may throw to end the work. */
  pause: (share: number) => Promise<void>;
}

/** A head that gives back what it gets. */
function identityHead(graph: Graph): Map<string, Tensor> {
  const head = graph.parameters.filter(({ part }) => part === 'head');
  return new Map(
    head.map(({ name, shape }) => {
      const [rows = 0, columns = 0] = shape;
      const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
      if (shape.length === 2) for (let row = 0; row < rows; row++) data[row * columns + row] = 1;
      return [name, { shape: [...shape], data }];
    }),
  );
}

async function encodeRows({ base, dataset, recipe, examples, pause }: FeatureOptions): Promise<EncodedRow[]> {
  const maxLength = Math.min(recipe.training.maxLength, base.model.config.maximumPositions);
  const rows: EncodedRow[] = [];
  for (const example of examples) {
    const { inputIds, tokenTypeIds } = tasks[recipe.task].encode(base.tokenizer, example, maxLength, dataset);
    rows.push({ inputIds, tokenTypeIds, label: -1, tokenLabels: new Int32Array(inputIds.length).fill(-1) });
    if (rows.length % rowsPerPause === 0) await pause((0.1 * rows.length) / examples.length);
  }
  return rows;
}

/** [examples, hidden size] */
export async function textFeatures(options: FeatureOptions): Promise<Matrix> {
  const encoded = await encodeRows(options);
  return pooledStates(options, encoded, (share) => options.pause(0.1 + 0.9 * share));
}

/** Mean last hidden state of each row: [rows, hidden size]. */
export async function pooledStates({ backend, base }: Pick<FeatureOptions, 'backend' | 'base'>, encoded: readonly EncodedRow[], pause: FeatureOptions['pause']): Promise<Matrix> {
  const { hiddenSize: width, maximumPositions } = base.model.config;
  const graph = base.model.tokenClassificationGraph(width);
  const { parameters } = matchParameters(base.architecture, graph, new Map([...base.tensors, ...identityHead(graph)]), 0);
  const table = parameters.get(graph.wordTable);
  if (!table) throw new Error('The word table is missing.');
  const vocabulary = new UsedVocabulary(encoded, [base.tokenizer.padId]);
  parameters.set(graph.wordTable, vocabulary.take(table));
  const rows = encoded.map((row) => ({ ...row, inputIds: vocabulary.translate(row.inputIds) }));
  const padId = vocabulary.translate(Int32Array.of(base.tokenizer.padId))[0] ?? 0;
  const session = backend.openSession({ graph: withTableRows(graph, vocabulary.size), parameters, trained: new Set() });
  const data = new Float32Array(rows.length * width);
  let done = 0;
  try {
    for (const indices of evaluationBatches(rows.map(({ inputIds }) => inputIds.length), batchSize)) {
      const batch = padBatch(indices.flatMap((index) => rows[index] ?? []), padId, maximumPositions);
      const states = await session.predict(batch);
      indices.forEach((row, place) => {
        const tokens = rows[row]?.inputIds.length ?? 0;
        const mean = data.subarray(row * width, (row + 1) * width);
        for (let token = 0; token < tokens; token++) {
          const at = (place * batch.length + token) * width;
          for (let column = 0; column < width; column++) mean[column] = (mean[column] ?? 0) + (states[at + column] ?? 0) / tokens;
        }
      });
      done += indices.length;
      await pause(done / rows.length);
    }
  } finally {
    session.dispose();
  }
  return { rows: rows.length, columns: width, data };
}
