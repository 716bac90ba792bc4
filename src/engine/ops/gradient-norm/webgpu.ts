/** The global norm on WebGPU: a workgroup for each chunk, then one workgroup for all partials; both in a fixed order. */
import { fold, input, reads, writes, type Kernel } from '../../backends/webgpu/kernel';
import { FINITE, reduction, scalar } from '../../backends/webgpu/snippets';
import { RESULTS } from '../../plan/tensor';
import { CHUNK_ELEMENTS, type FinishNorm, type SquaredNorm } from './op';

const SIZE = 256;

export function squaredNorm({ reads: from, writes: to, firstChunk, chunks }: SquaredNorm): Kernel[] {
  return [
    {
      label: 'squaredNorm',
      operands: { gradients: reads(from.gradients), chunkTable: input(from.chunkTable), partials: writes(to.partials) },
      numbers: { firstChunk, chunks },
      body: `${reduction(SIZE)}
@compute @workgroup_size(${SIZE})
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  let own = flatWorkgroup(workgroup, groups);
  if (own >= numbers.chunks) { return; }
  let chunk = numbers.firstChunk + own;
  let first = u32(chunkTable(chunk * 2u));
  let elements = u32(chunkTable(chunk * 2u + 1u));
  var sum = 0.0f;
  for (var index = local; index < elements; index += ${SIZE}u) {
    let value = $gradients[first + index];
    sum += value * value;
  }
  let total = reduceSum(local, sum);
  if (local == 0u) { $partials[chunk] = total; }
}`,
      workgroups: fold(chunks),
      operations: chunks * CHUNK_ELEMENTS * 8,
    },
  ];
}

export function finishNorm({ reads: from, writes: to, chunks }: FinishNorm): Kernel[] {
  return [
    {
      label: 'finishNorm',
      operands: { partials: reads(from.partials), scalars: input(from.scalars), before: reads(from.results), results: writes(to.results) },
      numbers: { chunks },
      body: `${reduction(SIZE)}${FINITE}
var<workgroup> firstBad: atomic<u32>;
@compute @workgroup_size(${SIZE})
fn main(@builtin(local_invocation_index) local: u32) {
  if (local == 0u) { atomicStore(&firstBad, numbers.chunks); }
  workgroupBarrier();
  var sum = 0.0f;
  for (var chunk = local; chunk < numbers.chunks; chunk += ${SIZE}u) {
    let partial = $partials[chunk];
    sum += partial;
    // The smallest of whole numbers is the same in any order.
    if (!isFinite(partial)) { atomicMin(&firstBad, chunk); }
  }
  let total = reduceSum(local, sum);
  if (local == 0u) {
    let norm = sqrt(total);
    let bad = atomicLoad(&firstBad);
    let lossIsFinite = isFinite($before[${RESULTS.loss}]);
    let usable = lossIsFinite && bad == numbers.chunks && isFinite(norm);
    var coefficient = 0.0f;
    if (usable) { coefficient = min(1.0f, ${scalar('maxGradNorm')} / (norm + 1e-6f)); }
    var place = -1.0f;
    if (bad < numbers.chunks) { place = f32(bad); }
    if (!lossIsFinite) { place = 0.0f; }
    $results[${RESULTS.gradientNorm}] = norm;
    $results[${RESULTS.clipCoefficient}] = coefficient;
    $results[${RESULTS.nonFiniteChunk}] = place;
  }
}`,
      workgroups: [1, 1, 1],
      operations: chunks * 10,
    },
  ];
}
