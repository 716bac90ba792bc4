/** WGSL that the forward and backward kernels of attention share: rows of a head in registers and tiles, mask, dropout. */
import { repeat, type KernelNumber, type Operand } from '../../backends/webgpu/kernel';
import { dropouts, type DropoutSource } from '../../backends/webgpu/snippets';
import type { Attention, AttentionGradient } from './op';

type Sizes = Pick<Attention | AttentionGradient, 'rows' | 'length' | 'heads' | 'headSize' | 'layout' | 'dropout'>;

/** What is decided by the sizes alone. A head's row is `vectors` vec4, the last one padded with zeros where needed. */
export interface AttentionShape {
  vectors: number;
  element: 'f32' | 'vec4<f32>';
  /** Invocations of a workgroup: each has a query (or a key) of its own. */
  invocations: number;
  /** Rows of the other side that a workgroup holds at a time; a multiple of 4. */
  tile: number;
  /** Workgroups for one head. */
  blocks: number;
}

export function attentionShape({ length, heads, headSize, layout }: Sizes): AttentionShape {
  const vectors = Math.ceil(headSize / 4);
  const places = [headSize, heads * headSize, layout.queryOffset, layout.keyOffset, layout.valueOffset, layout.rowStride];
  const invocations = length <= 32 ? 32 : 64;
  return {
    vectors,
    element: places.every((place) => place % 4 === 0) ? 'vec4<f32>' : 'f32',
    invocations,
    // Two tiles together take at most 8 KiB.
    tile: Math.max(4, Math.min(32, Math.floor(256 / vectors / 4) * 4)),
    blocks: Math.ceil(length / invocations),
  };
}

export function attentionNumbers(sizes: Sizes): Record<string, KernelNumber> {
  const { rows, length, heads, layout } = sizes;
  return { rows, length, heads, blocks: attentionShape(sizes).blocks, ...layout };
}

const capital = (role: string) => role.charAt(0).toUpperCase() + role.slice(1);

/** `loadROLE(token, head, c)`: vector c of a head's row. */
export function loader(role: string, { headSize }: Sizes, { element }: AttentionShape, place: string): string {
  const head = `fn load${capital(role)}(token: u32, head: u32, c: u32) -> vec4<f32> {
  let first = ${place} + head * ${headSize}u + c * 4u;`;
  if (element === 'vec4<f32>') return `${head}\n  return $${role}[first >> 2u];\n}`;
  return `${head}
  var values = vec4<f32>($${role}[first], 0.0f, 0.0f, 0.0f);
  if (c * 4u + 1u < ${headSize}u) { values.y = $${role}[first + 1u]; }
  if (c * 4u + 2u < ${headSize}u) { values.z = $${role}[first + 2u]; }
  if (c * 4u + 3u < ${headSize}u) { values.w = $${role}[first + 3u]; }
  return values;
}`;
}

/** `storeROLE(token, head, c, values)`. */
export function storer(role: string, { headSize }: Sizes, { element }: AttentionShape, place: string): string {
  const head = `fn store${capital(role)}(token: u32, head: u32, c: u32, values: vec4<f32>) {
  let first = ${place} + head * ${headSize}u + c * 4u;`;
  if (element === 'vec4<f32>') return `${head}\n  $${role}[first >> 2u] = values;\n}`;
  return `${head}
  $${role}[first] = values.x;
  if (c * 4u + 1u < ${headSize}u) { $${role}[first + 1u] = values.y; }
  if (c * 4u + 2u < ${headSize}u) { $${role}[first + 2u] = values.z; }
  if (c * 4u + 3u < ${headSize}u) { $${role}[first + 3u] = values.w; }
}`;
}

/** Where a token's row begins, for `loader` and `storer`. */
export const PLACES = {
  query: 'numbers.queryOffset + token * numbers.rowStride',
  key: 'numbers.keyOffset + token * numbers.rowStride',
  value: 'numbers.valueOffset + token * numbers.rowStride',
};
export const contextPlace = ({ headSize }: Sizes) => `token * numbers.heads * ${headSize}u`;

/** Which head and which block of it a workgroup has; leaves where there is none. */
export function locate({ invocations }: AttentionShape): string {
  return `
  let flat = flatWorkgroup(workgroup, groups);
  let own = (flat % numbers.blocks) * ${invocations}u + local;
  let head = (flat / numbers.blocks) % numbers.heads;
  let row = flat / (numbers.blocks * numbers.heads);
  if (row >= numbers.rows) { return; }
  let firstToken = row * numbers.length;
  let firstOfHead = (row * numbers.heads + head) * numbers.length;`;
}

/**
 * `findKeys(row, local)` sets `keyEnd`: one more than the row's last key that is not padding, 0 where all are. Keys
 * beyond need not be looked at: their probability is exactly 0.
 */
export function keyRange({ invocations }: AttentionShape): string {
  return `
var<workgroup> lastKey: atomic<u32>;
var<workgroup> keyEnd: u32;
fn findKeys(row: u32, local: u32) -> u32 {
  if (local == 0u) { atomicStore(&lastKey, 0u); }
  workgroupBarrier();
  for (var key = local; key < numbers.length; key += ${invocations}u) {
    if (mask(row * numbers.length + key) != 0) { atomicMax(&lastKey, key + 1u); }
  }
  workgroupBarrier();
  if (local == 0u) { keyEnd = atomicLoad(&lastKey); }
  return workgroupUniformLoad(&keyEnd);
}`;
}

/** Fills a tile of rows from `first` on; zeros past the end of the batch row. */
export function fillTile(tileName: string, load: string, first: string, { vectors, tile, invocations }: AttentionShape): string {
  return `
    for (var slot = local; slot < ${tile * vectors}u; slot += ${invocations}u) {
      let token = ${first} + slot / ${vectors}u;
      var values = vec4<f32>(0.0f);
      if (token < numbers.length) { values = ${load}(firstToken + token, head, slot % ${vectors}u); }
      ${tileName}[slot] = values;
    }`;
}

/**
 * Declares NAME: products of the registers `REGISTER0 ..` with four rows of a tile, from row `j` on. The loop of four is
 * for drivers to unroll: written out, a head of 64 takes seconds to compile on some.
 */
export function dots(name: string, register: string, tileName: string, { vectors }: AttentionShape): string {
  const products = Array.from({ length: vectors }, (_, c) => `dot(${register}${c}, ${tileName}[place + ${c}u])`).join(' + ');
  return `var ${name} = vec4<f32>(0.0f);
        for (var r = 0u; r < 4u; r++) {
          let place = (j + r) * ${vectors}u;
          ${name}[r] = ${products};
        }`;
}

/** Adds four rows of a tile, each times its component of `weights`, to the registers `sum0 ..`. */
export function addRows(tileName: string, { vectors }: AttentionShape): string {
  return `for (var r = 0u; r < 4u; r++) {
          let place = (j + r) * ${vectors}u;
          let weight = weights[r];
${repeat(vectors, (c) => `          sum${c} += weight * ${tileName}[place + ${c}u];`)}
        }`;
}

/**
 * `scalesOf(element)`: dropout scales of four keys of one query, from a key that is a multiple of 4. One Philox block
 * gives all four where a row of probabilities begins at a block.
 */
export function probabilityDropout({ length, dropout }: Sizes): DropoutSource {
  const source = dropouts({ mask: dropout });
  const four = length % 4 === 0 ? 'maskScale4(element)' : 'vec4<f32>(maskScale(element), maskScale(element + 1u), maskScale(element + 2u), maskScale(element + 3u))';
  return { numbers: source.numbers, code: `${source.code}\nfn scalesOf(element: u32) -> vec4<f32> { return ${four}; }` };
}

export type Operands = Record<string, Operand>;
