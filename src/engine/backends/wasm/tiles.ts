/** Which tile of matrix products is the faster one here: engines differ in how many registers they make of it. */
import type { Instruction } from '../../plan/instruction';
import { encodeProgram, programWords } from './encode';
import { placeStep } from './layout';
import type { EngineMemory } from './memory';
import type { EngineExports } from './modules';
import { scratchNeeds } from './scratchNeeds';

/** Rows of a tile; both are 8 columns wide. */
export const TILES = [6, 4] as const;
export type Tile = (typeof TILES)[number];

const ROWS = 96;
const SIZE = 384;
/** First calls run code that is not yet optimized, so the best of several counts. */
const MOST_ROUNDS = 12;
const LEAST_ROUNDS = 4;
const LIMIT_MS = 24;

/** A started module, as far as it is needed here. */
export interface TimedModule {
  exports: EngineExports;
  memory: EngineMemory;
  firstFree: number;
}

/** Times both, in turn, with one thread. What it computes with is whatever lies in memory: zeros at the start. */
export function fastestTile(host: TimedModule): Tile {
  const product: Instruction = {
    kind: 'linear',
    reads: { input: 0, weight: 1, bias: 2 },
    writes: { output: 3, preActivation: null },
    rows: ROWS,
    outputs: SIZE,
    inputs: SIZE,
    activation: 'none',
  };
  const elements = [ROWS * SIZE, SIZE * SIZE, SIZE, ROWS * SIZE];
  const words = programWords([product]);
  const sizes = { ...scratchNeeds([product], host.exports), inputs: 0, results: 0, program: words, arena: elements };
  const places = placeStep(host.firstFree, sizes, 1);
  host.memory.ensure(places.end);
  const best: Record<Tile, number> = { 6: Infinity, 4: Infinity };
  const begin = performance.now();
  for (let round = 0; round < MOST_ROUNDS && (round < LEAST_ROUNDS || performance.now() - begin < LIMIT_MS); round++) {
    for (const tile of TILES) {
      const address = (id: number) => places.regions.get(`activations/${id}`) ?? 0;
      const program = encodeProgram([product], address, { ...places, sharedScratchBytes: sizes.shared, tile });
      host.memory.words().set(program.words, places.program / 4);
      const started = performance.now();
      host.exports.runStep(places.program, program.count, 1);
      best[tile] = Math.min(best[tile], performance.now() - started);
    }
  }
  return best[6] <= best[4] ? 6 : 4;
}
