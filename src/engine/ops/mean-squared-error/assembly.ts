/** Squared distance from a number. Numbers are few: one thread, in float64. */
import { floatAt, integerAt, pointerAt } from '../../backends/wasm/assembly/arguments';
import { LOSS, LOSS_SCALE } from '../../backends/wasm/assembly/stepWords';

/** Arguments: logits, targets, scalars, dLogits, results, rows, labels per row. */
export function meanSquaredError(args: usize, thread: i32, _threads: i32): void {
  if (thread) return;
  const count = integerAt(args, 5) * integerAt(args, 6);
  const scale = <f64>floatAt(pointerAt(args, 2), LOSS_SCALE);
  let loss: f64 = 0;
  for (let index = 0; index < count; index++) {
    const difference = <f64>floatAt(pointerAt(args, 0), index) - <f64>floatAt(pointerAt(args, 1), index);
    loss += difference * difference;
    store<f32>(pointerAt(args, 3) + (<usize>index << 2), <f32>(scale * 2 * difference));
  }
  store<f32>(pointerAt(args, 4) + (LOSS << 2), <f32>(scale * loss));
}
