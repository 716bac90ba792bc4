/**
 * A session on any executor: chooses the plan for a batch, cuts batches that do not fit, packs what goes up and reads
 * what comes back. Calls run in their order; results may be waited for later.
 */
import type { MemoryEstimate } from '../../domain';
import type { Batch, EngineSession, OptimizerState, SessionOptions, StepResult, StepSettings, Tensor } from '../backend';
import type { CheckResult } from '../check/result';
import { PlanTooLarge } from '../plan/arena';
import { compilePlan, layoutFor } from '../plan/compile';
import { lossTerms, packInputs, sliceBatch, type MicroBatch } from '../plan/inputs';
import { estimateMemory } from '../plan/memory';
import type { ParameterLayout, Plan, UpdatePlan } from '../plan/plan';
import { RESULTS, RESULT_WORDS } from '../plan/tensor';
import { planUpdate } from '../plan/update';
import { OutOfDeviceMemory, type PlanExecutor } from './executor';
import type { KernelCheck } from './kernelCheck';
import { readTensors, writeTensors } from './parameterTransfer';

interface Submitted {
  /** Not awaited before the next call is submitted. */
  results: Promise<Float32Array[]>;
}

export class PlannedSession implements EngineSession {
  private readonly layout: ParameterLayout;
  private readonly update: UpdatePlan;
  private readonly plans = new Map<string, Plan>();
  /** Rows at once: training needs more for each than scoring does. */
  private readonly mostRows: Record<Plan['purpose'], number>;
  private queue: Promise<unknown>;
  private disposed = false;

  constructor(
    private readonly executor: PlanExecutor,
    private readonly options: SessionOptions,
    private readonly kernels: KernelCheck | null = null,
  ) {
    const { graph, parameters, trained } = options;
    for (const { name } of graph.parameters) if (!parameters.has(name)) throw new Error(`Parameter ${name} has no values.`);
    const most = options.microBatchRows ?? Infinity;
    this.mostRows = { train: most, predict: most };
    this.layout = layoutFor(graph, trained, executor.limits);
    this.update = planUpdate(this.layout);
    const known = new Set(graph.parameters.map(({ name }) => name));
    this.queue = executor.allocate(this.layout, this.update).then(() => {
      writeTensors(executor, this.layout, new Map([...parameters].filter(([name]) => known.has(name))), 'parameters');
    });
    // Reported by the first call that waits for it.
    this.queue.catch(() => undefined);
  }

  async prepare(rows: number, length: number): Promise<void> {
    const empty = new Int32Array(rows * length);
    await this.inTurn(() => this.prepareParts({ rows, length, inputIds: empty, attentionMask: empty, tokenTypeIds: empty, labels: new Int32Array(rows) }, 'train'));
  }

  async check(rows: number, length: number): Promise<CheckResult | null> {
    const { kernels } = this;
    if (!kernels) return null;
    const rowsAtOnce = Math.min(rows, this.mostRows.train);
    const plans = [this.planFor('train', rowsAtOnce, length, rowsAtOnce < rows), this.planFor('predict', rowsAtOnce, length, false), this.update];
    return this.inTurn(() => kernels.check(plans));
  }

  async trainStep(batch: Batch, settings: StepSettings): Promise<StepResult> {
    const all = await this.submit(batch, 'train', settings, true);
    const last = all.at(-1);
    const loss = all.reduce((sum, results) => sum + (results[RESULTS.loss] ?? NaN), 0);
    const gradientNorm = last?.[RESULTS.gradientNorm] ?? NaN;
    const chunk = last?.[RESULTS.nonFiniteChunk] ?? 0;
    const finite = chunk < 0 && Number.isFinite(loss) && Number.isFinite(gradientNorm);
    return { loss, gradientNorm, logits: joinLogits(all), nonFinite: finite ? null : await this.nameNonFinite(chunk, gradientNorm) };
  }

  async predict(batch: Batch): Promise<Float32Array> {
    return joinLogits(await this.submit(batch, 'predict', null, false));
  }

  async gradients(batch: Batch): Promise<{ loss: number; gradients: Map<string, Tensor> }> {
    const all = await this.submit(batch, 'train', null, false);
    const loss = all.reduce((sum, results) => sum + (results[RESULTS.loss] ?? NaN), 0);
    return { loss, gradients: await this.inTurn(() => readTensors(this.executor, this.layout, this.options.graph, 'gradients')) };
  }

  readParameters(): Promise<Map<string, Tensor>> {
    return this.inTurn(() => readTensors(this.executor, this.layout, this.options.graph, 'parameters'));
  }

  writeParameters(parameters: ReadonlyMap<string, Tensor>): void {
    void this.inTurn(async () => {
      writeTensors(this.executor, this.layout, parameters, 'parameters');
      this.executor.clear('firstMoments');
      this.executor.clear('secondMoments');
    }).catch(() => undefined);
  }

  readOptimizer(): Promise<OptimizerState> {
    return this.inTurn(async () => ({
      first: await readTensors(this.executor, this.layout, this.options.graph, 'firstMoments'),
      second: await readTensors(this.executor, this.layout, this.options.graph, 'secondMoments'),
    }));
  }

  writeOptimizer({ first, second }: OptimizerState): void {
    void this.inTurn(async () => {
      writeTensors(this.executor, this.layout, first, 'firstMoments');
      writeTensors(this.executor, this.layout, second, 'secondMoments');
    }).catch(() => undefined);
  }

  estimateMemory(rows: number, length: number): MemoryEstimate | null {
    for (let rowsAtOnce = Math.min(rows, this.mostRows.train); ; rowsAtOnce = Math.ceil(rowsAtOnce / 2)) {
      try {
        return estimateMemory(this.layout, this.planFor('train', rowsAtOnce, length, rowsAtOnce < rows));
      } catch (thrown) {
        if (!(thrown instanceof PlanTooLarge)) throw thrown;
        // Not even one row: the run will say so.
        if (rowsAtOnce <= 1) return null;
      }
    }
  }

  memory(): { tensors: number; bytes: number } {
    const { buffers, bytes } = this.executor.memory();
    return { tensors: buffers, bytes };
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.executor.dispose();
  }

  get rowsAtOnce(): number {
    return this.mostRows.train;
  }

  /** After everything asked for before. */
  private inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const result = this.queue.then(() => {
      if (this.disposed) throw new Error('The session is closed.');
      return work();
    });
    // The next call waits for this one, whether it went well or not; a failed allocation fails every call.
    // Nothing of what it gave is kept.
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    this.queue = Promise.all([this.queue, settled]).then(() => undefined);
    this.queue.catch(() => undefined);
    return result;
  }

  private async submit(batch: Batch, purpose: Plan['purpose'], settings: StepSettings | null, update: boolean): Promise<Float32Array[]> {
    const { results } = await this.inTurn<Submitted>(async () => {
      const parts = await this.prepareParts(batch, purpose);
      if (parts.length > 1 && purpose === 'train') this.executor.clear('gradients');
      const work = parts.map(({ plan, micro }) => ({ plan, inputs: packInputs(plan, micro, settings) }));
      const results = this.executor.run(work, update);
      results.catch(() => undefined);
      return { results };
    });
    return results;
  }

  /** Plans for the batch, whole or in parts; halves the parts for as long as the device has no room. */
  private async prepareParts(batch: Batch, purpose: Plan['purpose']): Promise<{ plan: Plan; micro: MicroBatch }[]> {
    const lossScale = 1 / Math.max(1, lossTerms(batch));
    for (;;) {
      const rowsAtOnce = Math.min(this.mostRows[purpose], batch.rows);
      const accumulate = purpose === 'train' && rowsAtOnce < batch.rows;
      const parts: { plan: Plan; micro: MicroBatch }[] = [];
      try {
        for (let first = 0; first < batch.rows; first += rowsAtOnce) {
          const rows = Math.min(rowsAtOnce, batch.rows - first);
          const plan = this.planFor(purpose, rows, batch.length, accumulate);
          await this.executor.prepare(plan);
          parts.push({ plan, micro: { batch: sliceBatch(batch, first, rows), rowOffset: first, lossScale } });
        }
        return parts;
      } catch (thrown) {
        if (!(thrown instanceof OutOfDeviceMemory || thrown instanceof PlanTooLarge) || rowsAtOnce <= 1) throw thrown;
        this.mostRows[purpose] = Math.ceil(rowsAtOnce / 2);
      }
    }
  }

  private planFor(purpose: Plan['purpose'], rows: number, length: number, accumulate: boolean): Plan {
    const key = `${purpose} ${rows} ${length} ${accumulate}`;
    const known = this.plans.get(key);
    if (known) return known;
    const { graph, trained } = this.options;
    const plan = compilePlan({ graph, layout: this.layout, trained, purpose, rows, length, accumulate }, this.executor.limits);
    this.plans.set(key, plan);
    return plan;
  }

  /** Parameters first (the cause), then gradients. The run is over, so waiting for the device costs nothing. */
  private async nameNonFinite(chunk: number, gradientNorm: number): Promise<string> {
    for (const [name, { data }] of await this.readParameters()) if (!data.every(Number.isFinite)) return name;
    const name = this.update.chunkNames[chunk];
    return name === undefined || Number.isFinite(gradientNorm) ? 'loss' : `gradient of ${name}`;
  }
}

function joinLogits(all: readonly Float32Array[]): Float32Array {
  const parts = all.map((results) => results.subarray(RESULT_WORDS));
  const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((offset, part) => (joined.set(part, offset), offset + part.length), 0);
  return joined;
}
