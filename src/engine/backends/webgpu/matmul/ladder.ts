/**
 * Chooses a rung of the ladder for each class of products by trying them on this device. A choice that was made stays:
 * rungs may differ in a last bit, so a run that is taken up again is given the choices it began with.
 */
import type { PlanTensor } from '../../../plan/tensor';
import { BoundSteps, type BufferOf } from '../bound';
import { allocateBuffer } from '../buffers';
import { reads, writes, type Kernel, type KernelContext } from '../kernel';
import type { PipelineCache } from '../pipelines';
import type { Pace } from '../schedule';
import { STORAGE } from '../usage';
import type { MatmulShape } from './shape';
import { DEFAULT_VARIANT, MATMUL_VARIANTS, matmulKernel } from './variants';

/** All trying of one session together, compiling included; what is not tried by then takes the default. */
const BUDGET_MILLISECONDS = 1000;
/** A single try; products that would take longer are tried in a smaller size. */
const TRY_MILLISECONDS = 15;
/** Under this many operations a product is over before a difference could be seen. */
const SMALL = 5e6;
const SMALL_VARIANT = 'registers32';
/** Likely winners first: the budget may run out. */
const ORDER = ['registers64', 'registers32', 'registers128', 'tiled', 'naive'];

const nextPower = (value: number) => 2 ** Math.ceil(Math.log2(Math.max(1, value)));

/** Shapes that share a choice: the number of rows varies from bucket to bucket and counts by powers of 2. */
export function shapeClass({ form, m, n, k }: MatmulShape): string {
  return form === 'weightGradient' ? `${form} ${m}x${n} over ${nextPower(k)}` : `${form} ${n}x${k} of ${nextPower(m)}`;
}

export interface LadderDevice {
  device: GPUDevice;
  pipelines: PipelineCache;
  pace: Pace;
}

export class MatmulLadder {
  private readonly chosen = new Map<string, string>();
  private spent = 0;
  /** Operations a millisecond, of the best try so far; before the first, that of a slow software device. */
  private rate = 1e6;

  constructor(
    private readonly on: LadderDevice,
    given: Readonly<Record<string, string>> = {},
  ) {
    const known = new Set(MATMUL_VARIANTS.map(({ name }) => name));
    // A choice by an older version whose rung is gone is made anew.
    for (const [shape, name] of Object.entries(given)) if (known.has(name)) this.chosen.set(shape, name);
  }

  choices(): Record<string, string> {
    return Object.fromEntries(this.chosen);
  }

  choose(shape: MatmulShape): string {
    return this.chosen.get(shapeClass(shape)) ?? DEFAULT_VARIANT;
  }

  /** Makes the choices that these products need. */
  async settle(shapes: readonly MatmulShape[]): Promise<void> {
    const open = new Map<string, MatmulShape>();
    for (const shape of shapes) {
      const key = shapeClass(shape);
      if (this.chosen.has(key)) continue;
      if (2 * shape.m * shape.n * shape.k < SMALL) this.chosen.set(key, SMALL_VARIANT);
      else open.set(key, shape);
    }
    if (open.size === 0) return;
    const began = performance.now();
    for (const [key, shape] of open) {
      const left = BUDGET_MILLISECONDS - this.spent - (performance.now() - began);
      this.chosen.set(key, left > 0 ? await this.fastest(shape, performance.now() + left) : this.usual(shape));
    }
    this.spent += performance.now() - began;
    this.on.pace.suggest(this.rate);
  }

  /** Where there is no time left: what most products of the form took. */
  private usual({ form }: MatmulShape): string {
    const votes = new Map<string, number>();
    for (const [key, name] of this.chosen) {
      if (key.startsWith(`${form} `) && name !== SMALL_VARIANT) votes.set(name, (votes.get(name) ?? 0) + 1);
    }
    return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? DEFAULT_VARIANT;
  }

  private async fastest(whole: MatmulShape, deadline: number): Promise<string> {
    const { device } = this.on;
    const shape = this.shrink(whole);
    const sizes = [shape.m * shape.k, shape.k * shape.n, shape.m * shape.n];
    const buffers: GPUBuffer[] = [];
    let best = { name: this.usual(whole), milliseconds: Infinity };
    try {
      for (const elements of sizes) buffers.push(await allocateBuffer(device, { label: 'matmul trial', size: Math.ceil(elements / 4) * 16, usage: STORAGE }));
      const bufferOf: BufferOf = (_, index) => {
        const buffer = buffers[index];
        if (!buffer) throw new Error('No such buffer.');
        return buffer;
      };
      for (const name of ORDER) {
        if (performance.now() > deadline) break;
        const milliseconds = await this.time(name, shape, sizes, bufferOf);
        if (milliseconds < best.milliseconds) best = { name, milliseconds };
      }
    } finally {
      for (const buffer of buffers) buffer.destroy();
    }
    return best.name;
  }

  /** Halves the largest size until a try is short enough. */
  private shrink(shape: MatmulShape): MatmulShape {
    const small = { ...shape };
    while (2 * small.m * small.n * small.k > this.rate * TRY_MILLISECONDS) {
      const largest = Math.max(small.m, small.n, small.k);
      if (largest <= 64) break;
      const side = small.m === largest ? 'm' : small.n === largest ? 'n' : 'k';
      small[side] = Math.max(64, Math.ceil(largest / 8) * 4);
    }
    return small;
  }

  /** The better of two runs after a first one, each of as many dispatches as take a few milliseconds. */
  private async time(name: string, shape: MatmulShape, sizes: readonly number[], bufferOf: BufferOf): Promise<number> {
    const { device, pipelines } = this.on;
    const tensors = sizes.map((elements, index): PlanTensor => ({ id: index, name: 'trial', dtype: 'f32', shape: [elements], region: 'activations', buffer: index, offset: 0 }));
    const bound = await BoundSteps.prepare(device, pipelines, [trial(name, shape, tensors)], tensors);
    bound.bind(device, bufferOf);
    const run = async (times: number): Promise<number> => {
      const encoder = device.createCommandEncoder();
      for (let count = 0; count < times; count++) bound.encode(encoder, bufferOf, 0, 1);
      const commands = encoder.finish();
      const began = performance.now();
      device.queue.submit([commands]);
      await device.queue.onSubmittedWorkDone();
      return (performance.now() - began) / times;
    };
    try {
      await run(1);
      const once = await run(1);
      const times = Math.max(1, Math.min(20, Math.round(4 / Math.max(once, 0.05))));
      const best = times > 1 ? Math.min(await run(times), await run(times)) : Math.min(once, await run(1));
      this.rate = Math.max(this.rate, (2 * shape.m * shape.n * shape.k) / best);
      return best;
    } finally {
      bound.dispose();
    }
  }
}

function trial(name: string, shape: MatmulShape, tensors: readonly PlanTensor[]): Kernel {
  const context: KernelContext = { tensors, maxStorageBuffers: 8, chooseMatmul: () => name };
  return matmulKernel(
    {
      label: 'trial',
      shape,
      a: reads(0),
      b: reads(1),
      operands: (element) => ({ out: writes(2, element) }),
      epilogue: (width) =>
        width === 4
          ? 'fn finish4(m: u32, n: u32, sum: vec4<f32>) { $out[(m * numbers.n + n) >> 2u] = sum; }'
          : 'fn finish(m: u32, n: u32, sum: f32) { $out[m * numbers.n + n] = sum; }',
      rowSums: false,
    },
    context,
  );
}
