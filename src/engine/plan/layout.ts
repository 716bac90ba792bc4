/**
 * Where each parameter lies. Parameters that learn share flat buffers: first those with weight decay, then those
 * without, so that one AdamW runs over all of them; frozen ones have buffers of their own. Parameters that are used as
 * one (queries, keys and values) lie side by side.
 */
import type { Graph, ParameterSpec } from '../graph/graph';
import type { ParameterLayout, ParameterSlice, PlanLimits } from './plan';
import { aligned, elementsOf } from './tensor';

const BYTES = 4;

interface OpenBuffers {
  region: ParameterSlice['region'];
  sizes: number[];
  capacity: number;
}

/** Room for `elements` that lie together; a new buffer is begun where the last one has none. */
function take(buffers: OpenBuffers, elements: number): { buffer: number; offset: number } {
  const last = buffers.sizes.length - 1;
  const used = buffers.sizes[last];
  if (used !== undefined && used + aligned(elements) <= buffers.capacity) {
    buffers.sizes[last] = used + aligned(elements);
    return { buffer: last, offset: used };
  }
  buffers.sizes.push(aligned(elements));
  return { buffer: last + 1, offset: 0 };
}

/** A group of parameters, one behind the other without gaps, or one parameter, in slices of whole rows if need be. */
function place(group: readonly ParameterSpec[], buffers: OpenBuffers, slices: Map<string, ParameterSlice[]>): void {
  const total = group.reduce((sum, { shape }) => sum + elementsOf(shape), 0);
  const [only] = group;
  if (aligned(total) <= buffers.capacity) {
    let { buffer, offset } = take(buffers, total);
    for (const { name, shape } of group) {
      const elements = elementsOf(shape);
      slices.set(name, [{ region: buffers.region, buffer, offset, elements, first: 0 }]);
      offset += elements;
    }
    return;
  }
  if (group.length > 1 || only === undefined || only.shape.length !== 2) throw new Error(`${only?.name ?? 'A parameter'} is larger than a binding of this device.`);
  const [rows = 0, columns = 1] = only.shape;
  const rowsPerSlice = Math.floor(buffers.capacity / aligned(columns));
  const parts: ParameterSlice[] = [];
  for (let row = 0; row < rows; row += rowsPerSlice) {
    const elements = Math.min(rowsPerSlice, rows - row) * columns;
    parts.push({ region: buffers.region, ...take(buffers, elements), elements, first: row * columns });
  }
  slices.set(only.name, parts);
}

/**
 * @param groups names of parameters that must lie side by side; all of a group learn or none does, and decay alike
 * @throws Error where a parameter other than a table is larger than a binding
 */
export function layoutParameters(graph: Graph, trained: ReadonlySet<string>, groups: readonly (readonly string[])[], limits: PlanLimits): ParameterLayout {
  const capacity = Math.floor(Math.min(limits.maxBindingBytes, limits.maxBufferBytes) / BYTES);
  const learning: OpenBuffers = { region: 'parameters', sizes: [], capacity };
  const frozen: OpenBuffers = { region: 'frozen', sizes: [], capacity };
  const slices = new Map<string, ParameterSlice[]>();
  const specs = new Map(graph.parameters.map((spec) => [spec.name, spec]));
  const groupOf = new Map(groups.flatMap((group) => group.map((name) => [name, group] as const)));

  const placeAll = (wanted: (spec: ParameterSpec) => boolean, buffers: OpenBuffers): void => {
    for (const spec of graph.parameters) {
      if (!wanted(spec) || slices.has(spec.name)) continue;
      const group = (groupOf.get(spec.name) ?? [spec.name]).flatMap((name) => specs.get(name) ?? []);
      place(group, buffers, slices);
    }
  };
  placeAll(({ name, decay }) => trained.has(name) && decay, learning);
  const decayed = [...learning.sizes];
  placeAll(({ name, decay }) => trained.has(name) && !decay, learning);
  placeAll(({ name }) => !trained.has(name), frozen);
  return { slices, trained: learning.sizes, decayed: learning.sizes.map((_, buffer) => decayed[buffer] ?? 0), frozen: frozen.sizes };
}
