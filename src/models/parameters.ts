/** From a file's tensors to a graph's parameters: names matched as Hugging Face does, a new head made where there is none. */
import { AnnealError, philoxNormal } from '../domain';
import type { Graph, ParameterSpec, Tensor } from '../engine';
import type { Architecture } from './architecture';

/** Streams of the counter-based generator that belong to new parameters; dropout and shuffling use others. */
const INITIALIZATION_STREAM = 0x1417;

export interface LoadedParameters {
  parameters: Map<string, Tensor>;
  /** Names of parameters that the file did not hold and that were initialised. */
  initialized: string[];
}

/**
 * @param tensors as the file names them, with or without the base model's prefix
 * @throws AnnealError `model.tensors-differ` listing what is missing, extra or misshapen; nothing is made up but a head
 *   (and BERT's pooler, which many encoders are published without)
 */
export function matchParameters(
  architecture: Architecture,
  graph: Graph,
  tensors: ReadonlyMap<string, Tensor>,
  seed: number,
): LoadedParameters {
  const byName = withPrefix(architecture.baseModelPrefix, graph, tensors);
  const missing: string[] = [];
  const misshapen: string[] = [];
  const initialized: string[] = [];
  const parameters = new Map<string, Tensor>();
  graph.parameters.forEach((spec, index) => {
    const tensor = byName.get(spec.name);
    byName.delete(spec.name);
    const fits = tensor !== undefined && tensor.shape.join() === spec.shape.join();
    if (fits) parameters.set(spec.name, tensor);
    else if (spec.part === 'head' || (spec.part === 'pooler' && !tensor)) {
      initialized.push(spec.name);
      parameters.set(spec.name, initialize(spec, seed, index));
    } else if (tensor) misshapen.push(`${spec.name} [${tensor.shape.join(', ')}], needed [${spec.shape.join(', ')}]`);
    else missing.push(spec.name);
  });
  const unexpected = [...byName.keys()].filter((name) => !isIgnored(name));
  if (missing.length + misshapen.length + unexpected.length > 0) {
    throw new AnnealError('model.tensors-differ', { missing, unexpected, misshapen });
  }
  return { parameters, initialized };
}

/**
 * `position_ids` is a constant buffer of older files; language-model heads of a pretraining file are not used, nor is
 * what another task puts between encoder and classifier: a token's head has no pooler.
 */
function isIgnored(name: string): boolean {
  return name.endsWith('position_ids') || /(^|\.)(pooler|pre_classifier|cls|vocab_transform|vocab_layer_norm|vocab_projector|qa_outputs)\./.test(name);
}

function withPrefix(prefix: string, graph: Graph, tensors: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
  const known = new Set(graph.parameters.map(({ name }) => name));
  return new Map([...tensors].map(([name, tensor]) => [known.has(name) || !known.has(prefix + name) ? name : prefix + name, tensor]));
}

function initialize(spec: ParameterSpec, seed: number, index: number): Tensor {
  const length = spec.shape.reduce((a, b) => a * b, 1);
  const data = new Float32Array(length);
  if (spec.initializer.kind === 'ones') data.fill(1);
  if (spec.initializer.kind === 'normal') {
    const { standardDeviation } = spec.initializer;
    const values = philoxNormal(length, seed, INITIALIZATION_STREAM + index);
    for (let element = 0; element < length; element++) data[element] = (values[element] ?? 0) * standardDeviation;
  }
  return { shape: [...spec.shape], data };
}
