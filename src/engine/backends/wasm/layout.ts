/** Where everything lies in the engine's memory. */
import type { ParameterLayout } from '../../plan/plan';
import { elementsOf, type PlanTensor, type Region } from '../../plan/tensor';
import type { ScratchNeeds } from './scratchNeeds';

/** Every area begins at a multiple of this: tensors in it lie at multiples of 256 bytes from there. */
const AREA_ALIGNMENT = 256;

const alignUp = (address: number) => Math.ceil(address / AREA_ALIGNMENT) * AREA_ALIGNMENT;

/** Elements of the areas that hold their contents from step to step. */
export interface KeptSizes {
  parameters: ParameterLayout;
  chunkTable: number;
  partials: number;
}

/** Elements, words and bytes of the areas whose contents matter during one step only. They grow with the plans. */
export interface StepSizes extends ScratchNeeds {
  inputs: number;
  results: number;
  program: number;
  arena: readonly number[];
}

export const NO_STEP: StepSizes = { shared: 0, own: 0, inputs: 0, results: 0, program: 0, arena: [] };

export function largerSizes(first: StepSizes, second: StepSizes): StepSizes {
  const buffers = Math.max(first.arena.length, second.arena.length);
  return {
    shared: Math.max(first.shared, second.shared),
    own: Math.max(first.own, second.own),
    inputs: Math.max(first.inputs, second.inputs),
    results: Math.max(first.results, second.results),
    program: Math.max(first.program, second.program),
    arena: Array.from({ length: buffers }, (_, buffer) => Math.max(first.arena[buffer] ?? 0, second.arena[buffer] ?? 0)),
  };
}

export function sameSizes(first: StepSizes, second: StepSizes): boolean {
  return JSON.stringify(first) === JSON.stringify(second);
}

/** Byte addresses: of each buffer of each region, and of the rest. */
export interface StepPlaces {
  regions: ReadonlyMap<string, number>;
  sharedScratch: number;
  ownScratch: number;
  /** Bytes from one thread's scratch to the next. */
  ownScratchBytes: number;
  program: number;
  end: number;
}

const regionKey = (region: Region, buffer: number) => `${region}/${buffer}`;

class Areas {
  readonly regions = new Map<string, number>();

  constructor(public end: number) {}

  take(bytes: number): number {
    const start = alignUp(this.end);
    this.end = start + bytes;
    return start;
  }

  region(region: Region, buffer: number, elements: number): void {
    this.regions.set(regionKey(region, buffer), this.take(elements * 4));
  }
}

/** Places the areas that keep their contents. */
export function placeKept(start: number, { parameters, chunkTable, partials }: KeptSizes): { regions: ReadonlyMap<string, number>; end: number } {
  const areas = new Areas(start);
  for (const region of ['parameters', 'gradients', 'firstMoments', 'secondMoments'] as const) {
    parameters.trained.forEach((elements, buffer) => areas.region(region, buffer, elements));
  }
  parameters.frozen.forEach((elements, buffer) => areas.region('frozen', buffer, elements));
  areas.region('inputs', 1, chunkTable);
  areas.region('results', 1, partials);
  return { regions: areas.regions, end: areas.end };
}

/** Places what a step uses behind `start`, the arena last: it is the one that grows most. */
export function placeStep(start: number, sizes: StepSizes, threads: number): StepPlaces {
  const areas = new Areas(start);
  const sharedScratch = areas.take(sizes.shared);
  const ownScratchBytes = alignUp(sizes.own);
  const ownScratch = areas.take(ownScratchBytes * threads);
  areas.region('inputs', 0, sizes.inputs);
  areas.region('results', 0, sizes.results);
  const program = areas.take(sizes.program * 4);
  sizes.arena.forEach((elements, buffer) => areas.region('activations', buffer, elements));
  return { regions: areas.regions, sharedScratch, ownScratch, ownScratchBytes, program, end: areas.end };
}

/** @returns byte address of an element of a region's buffer, looking through `places` in order */
export function addressIn(places: readonly { regions: ReadonlyMap<string, number> }[], region: Region, buffer: number, offset: number): number {
  const key = regionKey(region, buffer);
  for (const { regions } of places) {
    const start = regions.get(key);
    if (start !== undefined) return start + offset * 4;
  }
  throw new Error(`There is no buffer ${key}.`);
}

export function tensorAddress(places: readonly { regions: ReadonlyMap<string, number> }[], { region, buffer, offset }: PlanTensor): number {
  return addressIn(places, region, buffer, offset);
}

/** Places just the buffers in which these tensors lie. */
export function placeTensors(start: number, tensors: readonly PlanTensor[]): { regions: ReadonlyMap<string, number>; end: number } {
  const sizes = new Map<string, { region: Region; buffer: number; elements: number }>();
  for (const { region, buffer, offset, shape } of tensors) {
    const elements = Math.max(offset + elementsOf(shape), sizes.get(regionKey(region, buffer))?.elements ?? 0);
    sizes.set(regionKey(region, buffer), { region, buffer, elements });
  }
  const areas = new Areas(start);
  for (const { region, buffer, elements } of sizes.values()) areas.region(region, buffer, elements);
  return { regions: areas.regions, end: areas.end };
}
