/**
 * Two shapes of kernel that LayerNorm, embeddings and biases share: one workgroup for each row of [rows, hidden], whose
 * values stay in registers; and sums over all rows for each column. Both see a row as vec4 where it divides by 4.
 */
import { repeat, type OperandElement, type Workgroups } from './kernel';

export interface RowWidth {
  width: 1 | 4;
  element: Extract<OperandElement, 'f32' | 'vec4<f32>'>;
  /** Elements of that type in a row. */
  count: number;
}

export function rowWidth(hidden: number): RowWidth {
  return hidden % 4 === 0 ? { width: 4, element: 'vec4<f32>', count: hidden / 4 } : { width: 1, element: 'f32', count: hidden };
}

/** `V`, the type of a column, and `total(v)`, the sum of what is in one. */
export function valueType({ width }: RowWidth): string {
  return width === 4
    ? `
alias V = vec4<f32>;
fn total(value: V) -> f32 { return (value.x + value.y) + (value.z + value.w); }`
    : `
alias V = f32;
fn total(value: V) -> f32 { return value; }`;
}

export const ROW_INVOCATIONS = 64;

/** Writes `text` once for each column an invocation has; `column` and, with it, `place` (in the tensor) are defined. */
export function eachColumn({ count }: RowWidth, text: (index: number) => string): string {
  const rounds = Math.ceil(count / ROW_INVOCATIONS);
  return repeat(rounds, (index) => {
    const inside = (index + 1) * ROW_INVOCATIONS <= count ? '{' : `if (local + ${index * ROW_INVOCATIONS}u < ${count}u) {`;
    return `  ${inside}
    let column = local + ${index * ROW_INVOCATIONS}u;
    let place = row * ${count}u + column;
    ${text(index)}
  }`;
  });
}

/** One expression for each of an invocation's columns, added up. */
export function addColumns({ count }: RowWidth, text: (index: number) => string): string {
  return Array.from({ length: Math.ceil(count / ROW_INVOCATIONS) }, (_, index) => text(index)).join(' + ');
}

export function declareColumns({ count }: RowWidth, ...names: readonly string[]): string {
  return repeat(Math.ceil(count / ROW_INVOCATIONS), (index) => names.map((name) => `  var ${name}${index} = V(0.0f);`).join('\n'));
}

/** The entry point of a kernel with a workgroup for each of `rows` (WGSL) rows. */
export function rowMain(rows: string, body: string): string {
  return `
@compute @workgroup_size(${ROW_INVOCATIONS})
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  let row = flatWorkgroup(workgroup, groups);
  if (row >= ${rows}) { return; }
${body}
}`;
}

const COLUMNS = 2;
const LANES = 64;

export interface ColumnSums {
  width: RowWidth;
  /** WGSL: number of rows. */
  rows: string;
  /** How many sums a column has. */
  sums: number;
  /** WGSL that adds to `sum0` (and `sum1`) what `row` has in `column`, at `place` of the tensor. */
  term: string;
  /** WGSL that stores `sum0` (and `sum1`) of `column`. */
  finish: string;
}

/**
 * For each column the sum over all rows, always in the same order: an invocation adds every 64th row, then 64 such sums
 * are added in pairs. `workgroup.y` is free for the caller.
 */
export function columnSums({ width, rows, sums, term, finish }: ColumnSums): string {
  const each = (text: (index: number) => string) => repeat(sums, text);
  return `${valueType(width)}
${each((index) => `var<workgroup> lanes${index}: array<V, ${COLUMNS * LANES}>;`)}
@compute @workgroup_size(${COLUMNS}, ${LANES})
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let column = workgroup.x * ${COLUMNS}u + local.x;
${each((index) => `  var sum${index} = V(0.0f);`)}
  if (column < ${width.count}u) {
    for (var row = local.y; row < ${rows}; row += ${LANES}u) {
      let place = row * ${width.count}u + column;
      ${term}
    }
  }
  let own = local.y * ${COLUMNS}u + local.x;
${each((index) => `  lanes${index}[own] = sum${index};`)}
  workgroupBarrier();
  for (var span = ${LANES / 2}u; span > 0u; span >>= 1u) {
    if (local.y < span) {
${each((index) => `      lanes${index}[own] += lanes${index}[own + span * ${COLUMNS}u];`)}
    }
    workgroupBarrier();
  }
  if (local.y == 0u && column < ${width.count}u) {
${each((index) => `    sum${index} = lanes${index}[own];`)}
    ${finish}
  }
}`;
}

export function columnGroups({ count }: RowWidth, y = 1): Workgroups {
  return [Math.ceil(count / COLUMNS), y, 1];
}
