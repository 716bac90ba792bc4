/** Cross-entropy of a softmax. Rows and labels are few: one thread, in float64. */
import { floatAt, integerAt, pointerAt } from '../../backends/wasm/assembly/arguments';
import { LOSS, LOSS_SCALE } from '../../backends/wasm/assembly/stepWords';

/** Arguments: logits, labels, scalars, dLogits, results, rows, labels per row. */
export function softmaxCrossEntropy(args: usize, thread: i32, _threads: i32): void {
  if (thread) return;
  const rows = integerAt(args, 5);
  const count = integerAt(args, 6);
  const scale = <f64>floatAt(pointerAt(args, 2), LOSS_SCALE);
  let loss: f64 = 0;
  for (let row = 0; row < rows; row++) {
    const logits = pointerAt(args, 0) + (<usize>(row * count) << 2);
    const dLogits = pointerAt(args, 3) + (<usize>(row * count) << 2);
    const label = integerAt(pointerAt(args, 1), row);
    if (label < 0) {
      memory.fill(dLogits, 0, <usize>count << 2);
      continue;
    }
    let largest = <f64>floatAt(logits, 0);
    for (let index = 1; index < count; index++) largest = max<f64>(largest, <f64>floatAt(logits, index));
    let sum: f64 = 0;
    for (let index = 0; index < count; index++) sum += Math.exp(<f64>floatAt(logits, index) - largest);
    loss += Math.log(sum) + largest - <f64>floatAt(logits, label);
    for (let index = 0; index < count; index++) {
      const probability = Math.exp(<f64>floatAt(logits, index) - largest) / sum;
      store<f32>(dLogits + (<usize>index << 2), <f32>(scale * (probability - (index == label ? 1.0 : 0.0))));
    }
  }
  store<f32>(pointerAt(args, 4) + (LOSS << 2), <f32>(scale * loss));
}
