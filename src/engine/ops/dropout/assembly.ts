/** Dropout by itself. */
import { integerAt, pointerAt } from '../../backends/wasm/assembly/arguments';
import { dropoutRun } from '../../backends/wasm/assembly/dropoutRun';
import { freeScratch } from '../../backends/wasm/assembly/gemm/scratch';
import { multiplyAdd } from '../../backends/wasm/assembly/lanes';
import { addRun, copyRun, loadSome, multiplyRun, storeSome } from '../../backends/wasm/assembly/runs';
import { nextTicket } from '../../backends/wasm/assembly/threads';

/** Floats per ticket, and of factors in scratch. */
const CHUNK: i32 = 1024;

/** target += source x mask */
function addMasked(target: usize, source: usize, mask: usize, count: i32): void {
  for (let left = count; left > 0; left -= 4, target += 16, source += 16, mask += 16) {
    storeSome(target, multiplyAdd(loadSome(source, left), loadSome(mask, left), loadSome(target, left)), left);
  }
}

/** Arguments: input, output, elements, accumulate, dropout (5 words). */
export function applyDropout(args: usize, _thread: i32, _threads: i32): void {
  const elements = integerAt(args, 2);
  const accumulate = integerAt(args, 3);
  for (let start = nextTicket(0) * CHUNK; start < elements; start = nextTicket(0) * CHUNK) {
    const count = min(CHUNK, elements - start);
    const input = pointerAt(args, 0) + (<usize>start << 2);
    const output = pointerAt(args, 1) + (<usize>start << 2);
    const mask = dropoutRun(freeScratch(), args + 16, start, count);
    if (mask && accumulate) addMasked(output, input, mask, count);
    else if (mask) multiplyRun(output, input, mask, count);
    else if (accumulate) addRun(output, input, count);
    else if (output != input) copyRun(output, input, count);
  }
}
