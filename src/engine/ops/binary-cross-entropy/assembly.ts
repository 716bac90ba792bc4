/** Cross-entropy of yes-or-no labels. They are few: one thread, in float64. */
import { floatAt, integerAt, pointerAt } from '../../backends/wasm/assembly/arguments';
import { LOSS, LOSS_SCALE } from '../../backends/wasm/assembly/stepWords';

/** Arguments: logits, targets, scalars, dLogits, results, rows, labels per row. */
export function binaryCrossEntropy(args: usize, thread: i32, _threads: i32): void {
  if (thread) return;
  const count = integerAt(args, 5) * integerAt(args, 6);
  const scale = <f64>floatAt(pointerAt(args, 2), LOSS_SCALE);
  let loss: f64 = 0;
  for (let index = 0; index < count; index++) {
    const logit = <f64>floatAt(pointerAt(args, 0), index);
    const target = <f64>floatAt(pointerAt(args, 1), index);
    const small = Math.exp(-abs(logit));
    loss += max<f64>(logit, 0) - logit * target + Math.log1p(small);
    const sigmoid = (logit >= 0 ? 1 : small) / (1 + small);
    store<f32>(pointerAt(args, 3) + (<usize>index << 2), <f32>(scale * (sigmoid - target)));
  }
  store<f32>(pointerAt(args, 4) + (LOSS << 2), <f32>(scale * loss));
}
