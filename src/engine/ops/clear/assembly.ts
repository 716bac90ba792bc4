/** Zeros. */
import { integerAt, pointerAt } from '../../backends/wasm/assembly/arguments';
import { clearRun } from '../../backends/wasm/assembly/runs';
import { nextTicket } from '../../backends/wasm/assembly/threads';

/** Floats per ticket. */
const CHUNK: i32 = 65536;

/** Arguments: target, elements. */
export function clear(args: usize, _thread: i32, _threads: i32): void {
  const count = integerAt(args, 1);
  for (let start = nextTicket(0) * CHUNK; start < count; start = nextTicket(0) * CHUNK) {
    clearRun(pointerAt(args, 0) + (<usize>start << 2), min(CHUNK, count - start));
  }
}
