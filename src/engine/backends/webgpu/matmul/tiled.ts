/**
 * Rung 2: a workgroup fetches 16 x 16 tiles of both operands into its own memory, so each float is loaded from global
 * memory once for 16 uses. Still one element for each invocation: 2 loads from workgroup memory for each product.
 */
import { CONTIGUOUS, scalarLoads, type MatmulVariant } from './form';

const SIDE = 16;

export const tiled: MatmulVariant = {
  name: 'tiled',
  build: (shape, rowSums) => {
    const { a, b } = CONTIGUOUS[shape.form];
    // local.x runs along whatever is contiguous, so that neighbours load neighbours.
    const [aM, aK] = a === 'k' ? ['local.y', 'local.x'] : ['local.x', 'local.y'];
    const [bN, bK] = b === 'k' ? ['local.y', 'local.x'] : ['local.x', 'local.y'];
    return {
      widths: { a: 1, b: 1, c: 1 },
      code: `${scalarLoads(shape.form)}
var<workgroup> tileA: array<array<f32, ${SIDE}>, ${SIDE}>; // [m][k]
var<workgroup> tileB: array<array<f32, ${SIDE}>, ${SIDE}>; // [k][n]
@compute @workgroup_size(${SIDE}, ${SIDE})
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let firstN = workgroup.x * ${SIDE}u;
  let firstM = workgroup.y * ${SIDE}u;
  var sum = 0.0f;
  var row = 0.0f;
  for (var firstK = 0u; firstK < numbers.k; firstK += ${SIDE}u) {
    let am = firstM + ${aM};
    let ak = firstK + ${aK};
    let bn = firstN + ${bN};
    let bk = firstK + ${bK};
    var valueA = 0.0f;
    if (am < numbers.m && ak < numbers.k) { valueA = loadA(am, ak); }
    var valueB = 0.0f;
    if (bn < numbers.n && bk < numbers.k) { valueB = loadB(bk, bn); }
    tileA[${aM}][${aK}] = valueA;
    tileB[${bK}][${bN}] = valueB;
    workgroupBarrier();
    for (var k = 0u; k < ${SIDE}u; k++) {
      let factor = tileA[local.y][k];
      sum += factor * tileB[k][local.x];
      ${rowSums ? 'row += factor;' : ''}
    }
    workgroupBarrier();
  }
  let m = firstM + local.y;
  let n = firstN + local.x;
  if (m < numbers.m && n < numbers.n) {
    finish(m, n, sum);
    ${rowSums ? 'if (n == 0u) { finishRow(m, row); }' : ''}
  }
}`,
      workgroups: [Math.ceil(shape.n / SIDE), Math.ceil(shape.m / SIDE), 1],
    };
  },
};
