/** One model's parameters and moments in tfjs. Every step frees all it made but the new parameters and moments. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import type { Batch, EngineSession, OptimizerState, SessionOptions, StepResult, StepSettings, Tensor } from '../../backend';
import type { Graph } from '../../graph/graph';
import { adamwUpdate, clippingCoefficient, globalNorm, type Moments } from './adamw';
import { runGraph, type DropoutKey } from './interpreter';
import { softmaxCrossEntropy } from './operations';

interface Differentiated {
  loss: tf.Scalar;
  logits: tf.Tensor2D;
  gradients: Map<string, tf.Tensor>;
}

/** True where `dataSync` costs nothing: the CPU backends keep tensors in this thread's memory. */
export interface TfjsSessionOptions extends SessionOptions {
  synchronousReads: boolean;
}

export class TfjsSession implements EngineSession {
  readonly rowsAtOnce = Infinity;
  private readonly graph: Graph;
  private readonly trained: string[];
  private readonly decayed: ReadonlySet<string>;
  private readonly synchronousReads: boolean;
  private readonly parameters = new Map<string, tf.Tensor>();
  private readonly moments = new Map<string, Moments>();

  constructor({ graph, parameters, trained, synchronousReads }: TfjsSessionOptions) {
    // Wrong numbers would be worse: this engine is the oracle, and a way out where no other runs.
    const perToken = (graph.shapes[graph.logits]?.length ?? 2) > 2;
    if (graph.loss !== 'softmaxCrossEntropy' || perToken) throw new Error(`tfjs computes softmaxCrossEntropy over whole rows only, not ${graph.loss}${perToken ? ' over tokens' : ''}.`);
    this.graph = graph;
    this.synchronousReads = synchronousReads;
    this.trained = graph.parameters.filter(({ name }) => trained.has(name)).map(({ name }) => name);
    this.decayed = new Set(graph.parameters.filter(({ decay }) => decay).map(({ name }) => name));
    for (const { name } of graph.parameters) {
      const tensor = parameters.get(name);
      if (!tensor) throw new Error(`Parameter ${name} has no values.`);
      this.parameters.set(name, tf.tensor(tensor.data.slice(), [...tensor.shape], 'float32'));
    }
  }

  /** tfjs compiles as it goes. */
  async prepare(): Promise<void> {}

  /** tfjs checks its own kernels. */
  async check(): Promise<null> {
    return null;
  }

  async trainStep(batch: Batch, settings: StepSettings): Promise<StepResult> {
    const dropout = settings.dropout ? { seed: settings.seed, step: settings.step } : null;
    const { loss, logits, gradients } = this.differentiate(batch, dropout);
    const norm = globalNorm([...gradients.values()]);
    try {
      if (this.synchronousReads) {
        const nonFinite = this.findNonFinite(loss, norm, gradients);
        // An update with such numbers would spoil every parameter at once; without it the model stays as it was.
        if (nonFinite !== null) return { loss: loss.dataSync()[0] ?? NaN, gradientNorm: norm.dataSync()[0] ?? NaN, logits: logits.dataSync<'float32'>(), nonFinite };
      }
      this.update(gradients, norm, settings);
      const packed = tf.tidy(() => tf.concat([tf.reshape(loss, [1]), tf.reshape(norm, [1]), tf.reshape(logits, [-1])]));
      const numbers = this.synchronousReads ? packed.dataSync<'float32'>() : await packed.data<'float32'>();
      packed.dispose();
      const [lossValue = NaN, gradientNorm = NaN] = numbers;
      const finite = Number.isFinite(lossValue) && Number.isFinite(gradientNorm);
      return { loss: lossValue, gradientNorm, logits: numbers.slice(2), nonFinite: finite ? null : this.firstNonFiniteParameter() ?? 'loss' };
    } finally {
      tf.dispose([loss, logits, norm, ...gradients.values()]);
    }
  }

  async predict(batch: Batch): Promise<Float32Array> {
    const logits = tf.tidy(() => runGraph(this.graph, this.parameters, batch, null));
    try {
      return this.synchronousReads ? logits.dataSync<'float32'>().slice() : await logits.data<'float32'>();
    } finally {
      logits.dispose();
    }
  }

  async gradients(batch: Batch): Promise<{ loss: number; gradients: Map<string, Tensor> }> {
    const { loss, logits, gradients } = this.differentiate(batch, null);
    const result = new Map<string, Tensor>();
    for (const [name, gradient] of gradients) {
      result.set(name, { shape: gradient.shape, data: (await gradient.data<'float32'>()).slice() });
    }
    const lossValue = (await loss.data())[0] ?? NaN;
    tf.dispose([loss, logits, ...gradients.values()]);
    return { loss: lossValue, gradients: result };
  }

  async readParameters(): Promise<Map<string, Tensor>> {
    const result = new Map<string, Tensor>();
    for (const [name, tensor] of this.parameters) {
      result.set(name, { shape: tensor.shape, data: (await tensor.data<'float32'>()).slice() });
    }
    return result;
  }

  writeParameters(parameters: ReadonlyMap<string, Tensor>): void {
    for (const [name, { shape, data }] of parameters) {
      const old = this.parameters.get(name);
      if (!old) throw new Error(`Parameter ${name} is not part of this model.`);
      this.parameters.set(name, tf.tensor(data.slice(), [...shape], 'float32'));
      old.dispose();
    }
    for (const { first, second } of this.moments.values()) tf.dispose([first, second]);
    this.moments.clear();
  }

  async readOptimizer(): Promise<OptimizerState> {
    const read = async (which: keyof Moments): Promise<Map<string, Tensor>> => {
      const result = new Map<string, Tensor>();
      for (const [name, moments] of this.moments) result.set(name, { shape: moments[which].shape, data: (await moments[which].data<'float32'>()).slice() });
      return result;
    };
    return { first: await read('first'), second: await read('second') };
  }

  writeOptimizer({ first, second }: OptimizerState): void {
    for (const moments of this.moments.values()) tf.dispose([moments.first, moments.second]);
    this.moments.clear();
    const upload = ({ shape, data }: Tensor): tf.Tensor => tf.tensor(data.slice(), [...shape], 'float32');
    for (const [name, moment] of first) {
      const other = second.get(name);
      if (other) this.moments.set(name, { first: upload(moment), second: upload(other) });
    }
  }

  /** tfjs allocates as it goes. */
  estimateMemory(): null {
    return null;
  }

  memory(): { tensors: number; bytes: number } {
    const { numTensors, numBytes } = tf.memory();
    return { tensors: numTensors, bytes: numBytes };
  }

  dispose(): void {
    tf.dispose([...this.parameters.values()]);
    for (const { first, second } of this.moments.values()) tf.dispose([first, second]);
    this.parameters.clear();
    this.moments.clear();
  }

  private differentiate(batch: Batch, dropout: DropoutKey | null): Differentiated {
    const numberOfLabels = this.graph.shapes[this.graph.logits]?.[1];
    if (typeof numberOfLabels !== 'number') throw new Error('The number of labels is not known.');
    let logits: tf.Tensor2D | null = null;
    const { loss, gradients } = tf.tidy(() => {
      const inputs = this.trained.map((name) => this.parameters.get(name) as tf.Tensor);
      const targets = tf.cast(tf.oneHot(tf.tensor1d(batch.labels, 'int32'), numberOfLabels), 'float32') as tf.Tensor2D;
      const lossOf = (...learnt: tf.Tensor[]): tf.Scalar => {
        const parameters = new Map(this.parameters);
        this.trained.forEach((name, index) => parameters.set(name, learnt[index] as tf.Tensor));
        const output = runGraph(this.graph, parameters, batch, dropout);
        logits = tf.keep(tf.clone(output)) as tf.Tensor2D;
        return softmaxCrossEntropy(output, targets);
      };
      const { value, grads } = tf.valueAndGrads(lossOf)(inputs);
      return { loss: value as tf.Scalar, gradients: grads };
    });
    if (!logits) throw new Error('The graph gave no logits.');
    return { loss, logits, gradients: new Map(this.trained.map((name, index) => [name, gradients[index] as tf.Tensor])) };
  }

  private update(gradients: Map<string, tf.Tensor>, norm: tf.Scalar, settings: StepSettings): void {
    // Where the norm is known to be under the limit, a multiplication by 1 over every gradient is saved.
    const clips = !this.synchronousReads || (norm.dataSync()[0] ?? Infinity) + 1e-6 > settings.maxGradNorm;
    const coefficient = clips ? clippingCoefficient(norm, settings.maxGradNorm) : null;
    for (const [name, gradient] of gradients) {
      const parameter = this.parameters.get(name) as tf.Tensor;
      const old = this.moments.get(name) ?? { first: tf.zerosLike(parameter), second: tf.zerosLike(parameter) };
      const next = adamwUpdate(parameter, old, gradient, coefficient, settings, this.decayed.has(name));
      this.parameters.set(name, next.parameter);
      this.moments.set(name, next.moments);
      tf.dispose([parameter, old.first, old.second]);
    }
    coefficient?.dispose();
  }

  /** Name of the first tensor with a non-finite value: parameters first (the cause), then gradients; null if all is well. */
  private findNonFinite(loss: tf.Scalar, norm: tf.Scalar, gradients: ReadonlyMap<string, tf.Tensor>): string | null {
    if (Number.isFinite(loss.dataSync()[0]) && Number.isFinite(norm.dataSync()[0])) return null;
    const inParameters = this.firstNonFiniteParameter();
    if (inParameters !== null) return inParameters;
    for (const [name, gradient] of gradients) {
      if (hasNonFinite(gradient)) return `gradient of ${name}`;
    }
    return 'loss';
  }

  private firstNonFiniteParameter(): string | null {
    if (!this.synchronousReads) return null;
    for (const [name, tensor] of this.parameters) if (hasNonFinite(tensor)) return name;
    return null;
  }
}

function hasNonFinite(tensor: tf.Tensor): boolean {
  const data = tensor.dataSync<'float32'>();
  // x - x is 0 for every finite x and NaN otherwise, and NaN stays in the sum.
  let sum = 0;
  for (const number of data) sum += number - number;
  return sum !== 0;
}
