/**
 * Rung 3: register blocking. An invocation keeps a block of C (4 x 4 up to 8 x 8) in registers and reads workgroup
 * memory as vec4: for 8 x 8, 4 loads for 64 products. Blocks of 4 x 4 of the operands are loaded as four vec4 each
 * and, where memory runs along k, turned in registers, so that both tiles lie with k outermost and all their reads and
 * writes are whole vec4.
 *
 * Every element is the sum over k in ascending order in one accumulator, as in the other rungs: results differ only
 * where a compiler fuses a product and an addition in one rung and not in another. The zeros past the edge add nothing.
 */
import { repeat } from '../kernel';
import { CONTIGUOUS, widthsOf, type MatmulVariant, type MatmulWidths } from './form';
import type { MatmulShape } from './shape';

/** Sizes of a workgroup's tile: C is tileM x tileN, each invocation has blockM x blockN of it. All multiples of 4. */
export interface Blocking {
  tileM: number;
  tileN: number;
  tileK: number;
  blockM: number;
  blockN: number;
}

const COMPONENTS = ['x', 'y', 'z', 'w'] as const;

/** `loadX(outer, inner)`: four floats from `inner` on along the contiguous index; zeros past the edges. */
function load4(operand: 'a' | 'b', outer: string, inner: string, width: 1 | 4): string {
  const name = operand === 'a' ? 'loadA' : 'loadB';
  const head = `fn ${name}(outer: u32, inner: u32) -> vec4<f32> {
  if (outer >= numbers.${outer} || inner >= numbers.${inner}) { return vec4<f32>(0.0f); }`;
  if (width === 4) return `${head}\n  return $${operand}[(outer * numbers.${inner} + inner) >> 2u];\n}`;
  return `${head}
  let first = outer * numbers.${inner} + inner;
  var values = vec4<f32>($${operand}[first], 0.0f, 0.0f, 0.0f);
  if (inner + 1u < numbers.${inner}) { values.y = $${operand}[first + 1u]; }
  if (inner + 2u < numbers.${inner}) { values.z = $${operand}[first + 2u]; }
  if (inner + 3u < numbers.${inner}) { values.w = $${operand}[first + 3u]; }
  return values;
}`;
}

/** Fills one tile, [k][tile / 4] of vec4, in blocks of 4 x 4. */
function fill(operand: 'a' | 'b', along: 'k' | 'm' | 'n', tile: number, tileK: number, invocations: number): string {
  const blocks = (tile / 4) * (tileK / 4);
  const first = operand === 'a' ? 'firstM' : 'firstN';
  const load = operand === 'a' ? 'loadA' : 'loadB';
  const target = operand === 'a' ? 'tileA' : 'tileB';
  const stride = tile / 4;
  // Neighbouring invocations take neighbouring blocks along the contiguous index.
  const [k4, t4] = along === 'k' ? [`block % ${tileK / 4}u`, `block / ${tileK / 4}u`] : [`block / ${stride}u`, `block % ${stride}u`];
  const turned = repeat(4, (i) => `${target}[(k4 * 4u + ${i}u) * ${stride}u + t] = vec4<f32>(${[0, 1, 2, 3].map((row) => `rows[${row}].${COMPONENTS[i] ?? 'x'}`).join(', ')});`);
  const rows =
    along === 'k'
      ? `var rows: array<vec4<f32>, 4>;
for (var i = 0u; i < 4u; i++) { rows[i] = ${load}(${first} + t * 4u + i, firstK + k4 * 4u); }
${turned}`
      : `for (var i = 0u; i < 4u; i++) { ${target}[(k4 * 4u + i) * ${stride}u + t] = ${load}(firstK + k4 * 4u + i, ${first} + t * 4u); }`;
  const body = `let k4 = ${k4};\nlet t = ${t4};\n${rows}`;
  if (blocks === invocations) return `{ let block = local;\n${body} }`;
  if (blocks < invocations) return `if (local < ${blocks}u) { let block = local;\n${body} }`;
  return `for (var block = local; block < ${blocks}u; block += ${invocations}u) {\n${body} }`;
}

function store(widths: MatmulWidths, { blockM, blockN }: Blocking): string {
  return repeat(blockM, (i) =>
    repeat(blockN / 4, (j) => {
      const sum = `sum${i}_${j}`;
      if (widths.c === 4) return `if (rowM + ${i}u < numbers.m && columnN + ${j * 4}u < numbers.n) { finish4(rowM + ${i}u, columnN + ${j * 4}u, ${sum}); }`;
      return `for (var c = 0u; c < 4u; c++) { if (rowM + ${i}u < numbers.m && columnN + ${j * 4}u + c < numbers.n) { finish(rowM + ${i}u, columnN + ${j * 4}u + c, ${sum}[c]); } }`;
    }),
  );
}

function code(shape: MatmulShape, widths: MatmulWidths, blocking: Blocking, rowSums: boolean): string {
  const { tileM, tileN, tileK, blockM, blockN } = blocking;
  const columns = tileN / blockN;
  const invocations = columns * (tileM / blockM);
  const { a, b } = CONTIGUOUS[shape.form];
  const multiply = `
${repeat(blockM / 4, (i) => `let a${i} = tileA[k * ${tileM / 4}u + row * ${blockM / 4}u + ${i}u];`)}
${repeat(blockN / 4, (j) => `let b${j} = tileB[k * ${tileN / 4}u + column * ${blockN / 4}u + ${j}u];`)}
${repeat(blockM, (i) => repeat(blockN / 4, (j) => `sum${i}_${j} += a${Math.floor(i / 4)}.${COMPONENTS[i % 4] ?? 'x'} * b${j};`))}
${rowSums ? repeat(blockM / 4, (i) => `rowSum${i} += a${i};`) : ''}`;
  return `
${a === 'k' ? load4('a', 'm', 'k', widths.a) : load4('a', 'k', 'm', widths.a)}
${b === 'k' ? load4('b', 'n', 'k', widths.b) : load4('b', 'k', 'n', widths.b)}
var<workgroup> tileA: array<vec4<f32>, ${(tileM * tileK) / 4}>;
var<workgroup> tileB: array<vec4<f32>, ${(tileN * tileK) / 4}>;
@compute @workgroup_size(${invocations})
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  let firstN = workgroup.x * ${tileN}u;
  let firstM = workgroup.y * ${tileM}u;
  let row = local / ${columns}u;
  let column = local % ${columns}u;
${repeat(blockM, (i) => repeat(blockN / 4, (j) => `var sum${i}_${j} = vec4<f32>(0.0f);`))}
${rowSums ? repeat(blockM / 4, (i) => `var rowSum${i} = vec4<f32>(0.0f);`) : ''}
  for (var firstK = 0u; firstK < numbers.k; firstK += ${tileK}u) {
${fill('a', a, tileM, tileK, invocations)}
${fill('b', b, tileN, tileK, invocations)}
    workgroupBarrier();
    for (var k = 0u; k < ${tileK}u; k++) {${multiply}
    }
    workgroupBarrier();
  }
  let rowM = firstM + row * ${blockM}u;
  let columnN = firstN + column * ${blockN}u;
${store(widths, blocking)}
${
  rowSums
    ? `  if (workgroup.x == 0u && column == 0u) {
${repeat(blockM, (i) => `if (rowM + ${i}u < numbers.m) { finishRow(rowM + ${i}u, rowSum${Math.floor(i / 4)}.${COMPONENTS[i % 4] ?? 'x'}); }`)}
  }`
    : ''
}
}`;
}

export function registers(name: string, blocking: Blocking): MatmulVariant {
  return {
    name,
    build: (shape, rowSums) => {
      const widths = widthsOf(shape);
      return {
        widths,
        code: code(shape, widths, blocking, rowSums),
        workgroups: [Math.ceil(shape.n / blocking.tileN), Math.ceil(shape.m / blocking.tileM), 1],
      };
    },
  };
}

/** 64 invocations, 8 KiB: many small workgroups, for products with few tiles. */
export const registers32 = registers('registers32', { tileM: 32, tileN: 32, tileK: 32, blockM: 4, blockN: 4 });
/** 256 invocations, 8 KiB. */
export const registers64 = registers('registers64', { tileM: 64, tileN: 64, tileK: 16, blockM: 4, blockN: 4 });
/** 128 invocations with 8 x 8 each, 12 KiB: 4 vec4 loads for 64 products. */
export const registers128 = registers('registers128', { tileM: 128, tileN: 64, tileK: 16, blockM: 8, blockN: 8 });
