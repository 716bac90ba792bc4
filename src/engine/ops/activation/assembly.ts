/** Elementwise activations and their gradients. */
import { activateRun, scaleBySlope } from '../../backends/wasm/assembly/activations';
import { integerAt, pointerAt } from '../../backends/wasm/assembly/arguments';
import { nextTicket } from '../../backends/wasm/assembly/threads';

/** Floats per ticket: some 10 microseconds of work. */
const CHUNK: i32 = 8192;

/** out = activation(in). Arguments: in, out, count, activation. */
export function activationForward(args: usize, _thread: i32, _threads: i32): void {
  const count = integerAt(args, 2);
  for (let start = nextTicket(0) * CHUNK; start < count; start = nextTicket(0) * CHUNK) {
    const offset = <usize>start << 2;
    const length = count - start < CHUNK ? count - start : CHUNK;
    activateRun(pointerAt(args, 0) + offset, pointerAt(args, 1) + offset, length, integerAt(args, 3));
  }
}

/** din = dout * activation'(pre); din may be dout. Arguments: dout, pre, din, count, activation. */
export function activationBackward(args: usize, _thread: i32, _threads: i32): void {
  const count = integerAt(args, 3);
  for (let start = nextTicket(0) * CHUNK; start < count; start = nextTicket(0) * CHUNK) {
    const offset = <usize>start << 2;
    const length = count - start < CHUNK ? count - start : CHUNK;
    scaleBySlope(pointerAt(args, 0) + offset, pointerAt(args, 1) + offset, pointerAt(args, 2) + offset, length, integerAt(args, 4));
  }
}
