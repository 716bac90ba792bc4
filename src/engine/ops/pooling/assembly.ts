/** The first token's vector, or the mean of those that are not padding; and the gradient of both. */
import { integerAt, pointerAt } from '../../backends/wasm/assembly/arguments';
import { addRun, addScaledRun, clearRun, copyRun, scaleRun } from '../../backends/wasm/assembly/runs';
import { nextTicket } from '../../backends/wasm/assembly/threads';

/** Code of the mean; the first token is 0. */
const MEAN: i32 = 1;

/** 1 / number of tokens that are not padding, 0 where there is none. */
function inverseCount(mask: usize, length: i32): f32 {
  let count = 0;
  for (let token = 0; token < length; token++) count += i32(integerAt(mask, token) != 0);
  return count ? 1 / <f32>count : 0;
}

/** Arguments: input, mask, output, rows, length, hidden, pooling. */
export function pool(args: usize, _thread: i32, _threads: i32): void {
  const rows = integerAt(args, 3);
  const length = integerAt(args, 4);
  const hidden = integerAt(args, 5);
  const rowBytes = <usize>hidden << 2;
  for (let row = nextTicket(0); row < rows; row = nextTicket(0)) {
    const input = pointerAt(args, 0) + <usize>(row * length) * rowBytes;
    const mask = pointerAt(args, 1) + (<usize>(row * length) << 2);
    const output = pointerAt(args, 2) + <usize>row * rowBytes;
    if (integerAt(args, 6) != MEAN) {
      copyRun(output, input, hidden);
      continue;
    }
    clearRun(output, hidden);
    for (let token = 0; token < length; token++) {
      if (integerAt(mask, token)) addRun(output, input + <usize>token * rowBytes, hidden);
    }
    scaleRun(output, output, inverseCount(mask, length), hidden);
  }
}

/** Arguments: dOutput, mask, dInput, rows, length, hidden, pooling, accumulate. */
export function poolGradient(args: usize, _thread: i32, _threads: i32): void {
  const rows = integerAt(args, 3);
  const length = integerAt(args, 4);
  const hidden = integerAt(args, 5);
  const mean = integerAt(args, 6) == MEAN;
  const accumulate = integerAt(args, 7);
  const rowBytes = <usize>hidden << 2;
  for (let row = nextTicket(0); row < rows; row = nextTicket(0)) {
    const mask = pointerAt(args, 1) + (<usize>(row * length) << 2);
    const dOutput = pointerAt(args, 0) + <usize>row * rowBytes;
    const share: f32 = mean ? inverseCount(mask, length) : 1;
    for (let token = 0; token < length; token++) {
      const dInput = pointerAt(args, 2) + <usize>(row * length + token) * rowBytes;
      const used = mean ? integerAt(mask, token) != 0 : token == 0;
      if (used && accumulate) addScaledRun(dInput, dOutput, share, hidden);
      else if (used) scaleRun(dInput, dOutput, share, hidden);
      else if (!accumulate) clearRun(dInput, hidden);
    }
  }
}
