/** Cross-entropy on WebGPU: one workgroup, an invocation for each row; the rows' losses are added in a fixed order. */
import { input, reads, writes, type Kernel } from '../../backends/webgpu/kernel';
import { reduction, scalar } from '../../backends/webgpu/snippets';
import { RESULTS } from '../../plan/tensor';
import type { SoftmaxCrossEntropy } from './op';

const SIZE = 128;

export function softmaxCrossEntropy({ reads: from, writes: to, rows, labels }: SoftmaxCrossEntropy): Kernel[] {
  return [
    {
      label: 'softmaxCrossEntropy',
      operands: {
        logits: reads(from.logits),
        answers: input(from.labels),
        scalars: input(from.scalars),
        dLogits: writes(to.dLogits),
        results: writes(to.results),
      },
      numbers: { rows, labels },
      body: `${reduction(SIZE)}
@compute @workgroup_size(${SIZE})
fn main(@builtin(local_invocation_index) local: u32) {
  let lossScale = ${scalar('lossScale')};
  var loss = 0.0f;
  for (var row = local; row < numbers.rows; row += ${SIZE}u) {
    let first = row * numbers.labels;
    let answer = answers(row);
    if (answer < 0) {
      for (var label = 0u; label < numbers.labels; label++) { $dLogits[first + label] = 0.0f; }
      continue;
    }
    var largest = $logits[first];
    for (var label = 1u; label < numbers.labels; label++) { largest = max(largest, $logits[first + label]); }
    var sum = 0.0f;
    for (var label = 0u; label < numbers.labels; label++) { sum += exp($logits[first + label] - largest); }
    for (var label = 0u; label < numbers.labels; label++) {
      let probability = exp($logits[first + label] - largest) / sum;
      $dLogits[first + label] = lossScale * select(probability, probability - 1.0f, label == u32(answer));
    }
    loss += log(sum) + (largest - $logits[first + u32(answer)]);
  }
  let total = reduceSum(local, loss);
  if (local == 0u) { $results[${RESULTS.loss}] = lossScale * total; }
}`,
      workgroups: [1, 1, 1],
      operations: rows * labels * 40,
    },
  ];
}
