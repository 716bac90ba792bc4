/** Between named tensors and the flat buffers of an executor. */
import type { Graph } from '../graph/graph';
import type { Tensor } from '../backend';
import type { ParameterLayout } from '../plan/plan';
import { elementsOf } from '../plan/tensor';
import type { PlanExecutor, WritableRegion } from './executor';

/** Which flat buffers are meant: parameters may be frozen, the others exist only where a parameter learns. */
export type FlatRegion = Exclude<WritableRegion, 'frozen'>;

export function writeTensors(executor: PlanExecutor, layout: ParameterLayout, tensors: ReadonlyMap<string, Tensor>, region: FlatRegion): void {
  for (const [name, { data }] of tensors) {
    const slices = layout.slices.get(name);
    if (!slices) throw new Error(`Parameter ${name} is not part of this model.`);
    for (const slice of slices) {
      const target = region === 'parameters' ? slice.region : region;
      if (target !== 'frozen' && slice.region === 'frozen') continue;
      executor.write(target, slice.buffer, slice.offset, data.subarray(slice.first, slice.first + slice.elements));
    }
  }
}

/** Whole buffers are read, one after the other, and cut up here: many small reads would wait for the device each time. */
export async function readTensors(executor: PlanExecutor, layout: ParameterLayout, graph: Graph, region: FlatRegion): Promise<Map<string, Tensor>> {
  const read = async (target: WritableRegion, sizes: readonly number[]): Promise<Float32Array[]> => {
    const buffers: Float32Array[] = [];
    // In turn: each needs room for a copy beside it.
    for (const [buffer, elements] of sizes.entries()) buffers.push(await executor.read(target, buffer, 0, elements));
    return buffers;
  };
  const learning = await read(region, layout.trained);
  const frozen = region === 'parameters' ? await read('frozen', layout.frozen) : null;
  const result = new Map<string, Tensor>();
  for (const { name, shape } of graph.parameters) {
    const slices = layout.slices.get(name) ?? [];
    if (slices.some((slice) => slice.region === 'frozen') && !frozen) continue;
    const data = new Float32Array(elementsOf(shape));
    for (const slice of slices) {
      const source = (slice.region === 'frozen' ? frozen : learning)?.[slice.buffer];
      if (source) data.set(source.subarray(slice.offset, slice.offset + slice.elements), slice.first);
    }
    result.set(name, { shape: [...shape], data });
  }
  return result;
}
