/**
 * Rung 1: one invocation, one element; every factor comes from global memory. 2 loads for each product, so memory
 * decides: the floor that the others are measured against, and the safest where a driver miscompiles the rest.
 */
import { scalarLoads, type MatmulVariant } from './form';

const SIDE = 16;

export const naive: MatmulVariant = {
  name: 'naive',
  build: (shape, rowSums) => ({
    widths: { a: 1, b: 1, c: 1 },
    code: `${scalarLoads(shape.form)}
@compute @workgroup_size(${SIDE}, ${SIDE})
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let n = workgroup.x * ${SIDE}u + local.x;
  let m = workgroup.y * ${SIDE}u + local.y;
  if (m >= numbers.m || n >= numbers.n) { return; }
  var sum = 0.0f;
  for (var k = 0u; k < numbers.k; k++) { sum += loadA(m, k) * loadB(k, n); }
  finish(m, n, sum);
${
  rowSums
    ? `  if (n == 0u) {
    var row = 0.0f;
    for (var k = 0u; k < numbers.k; k++) { row += loadA(m, k); }
    finishRow(m, row);
  }`
    : ''
}
}`,
    workgroups: [Math.ceil(shape.n / SIDE), Math.ceil(shape.m / SIDE), 1],
  }),
};
