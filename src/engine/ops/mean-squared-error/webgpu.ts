/** Mean squared error on WebGPU: one workgroup over all elements; losses are added in a fixed order. */
import { input, reads, writes, type Kernel } from '../../backends/webgpu/kernel';
import { reduction, scalar } from '../../backends/webgpu/snippets';
import { RESULTS } from '../../plan/tensor';
import type { MeanSquaredError } from './op';

const SIZE = 256;

export function meanSquaredError({ reads: from, writes: to, rows, labels }: MeanSquaredError): Kernel[] {
  return [
    {
      label: 'meanSquaredError',
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
    let difference = $logits[index] - targets(index);
    loss += difference * difference;
    $dLogits[index] = lossScale * 2.0f * difference;
  }
  let total = reduceSum(local, loss);
  if (local == 0u) { $results[${RESULTS.loss}] = lossScale * total; }
}`,
      workgroups: [1, 1, 1],
      operations: rows * labels * 10,
    },
  ];
}
