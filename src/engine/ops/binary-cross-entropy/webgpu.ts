/** Binary cross-entropy on WebGPU: one workgroup over all elements; losses are added in a fixed order. */
import { input, reads, writes, type Kernel } from '../../backends/webgpu/kernel';
import { reduction, scalar } from '../../backends/webgpu/snippets';
import { RESULTS } from '../../plan/tensor';
import type { BinaryCrossEntropy } from './op';

const SIZE = 256;

export function binaryCrossEntropy({ reads: from, writes: to, rows, labels }: BinaryCrossEntropy): Kernel[] {
  return [
    {
      label: 'binaryCrossEntropy',
      operands: {
        logits: reads(from.logits),
        targets: input(from.targets),
        scalars: input(from.scalars),
        dLogits: writes(to.dLogits),
        results: writes(to.results),
      },
      numbers: { elements: rows * labels },
      body: `${reduction(SIZE)}
@compute @workgroup_size(${SIZE})
fn main(@builtin(local_invocation_index) local: u32) {
  let lossScale = ${scalar('lossScale')};
  var loss = 0.0f;
  for (var index = local; index < numbers.elements; index += ${SIZE}u) {
    let z = $logits[index];
    let y = targets(index);
    // exp(-|z|) cannot overflow; under exp(-80) it adds nothing to 1.
    let small = exp(-min(abs(z), 80.0f));
    loss += max(z, 0.0f) - z * y + logOnePlus(small);
    let sigmoid = select(small, 1.0f, z > 0.0f) / (1.0f + small);
    $dLogits[index] = lossScale * (sigmoid - y);
  }
  let total = reduceSum(local, loss);
  if (local == 0u) { $results[${RESULTS.loss}] = lossScale * total; }
}
// log(1 + x) for 0 <= x <= 1 without losing a small x in the addition.
fn logOnePlus(x: f32) -> f32 {
  if (x < 0.01f) { return x * (1.0f - x * (0.5f - x * (0.33333333f - x * 0.25f))); }
  return log(1.0f + x);
}`,
      workgroups: [1, 1, 1],
      operations: rows * labels * 40,
    },
  ];
}
