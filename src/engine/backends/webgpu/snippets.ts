/** WGSL that several ops use: step scalars, dropout, activations, reductions in a fixed order. */
import type { Activation } from '../../graph/graph';
import { SCALARS, type DropoutSpec } from '../../plan/tensor';
import { literal, type KernelNumber } from './kernel';

/** Needs the operand `scalars` (as input). */
export function scalar(name: keyof typeof SCALARS): string {
  const word = `scalars(${SCALARS[name]}u)`;
  const whole: readonly string[] = ['seed', 'step', 'dropoutEnabled', 'rowOffset', 'segments'];
  return whole.includes(name) ? `bitcast<u32>(${word})` : `bitcast<f32>(${word})`;
}

/** Philox4x32-10, word for word as in random/dropoutMask.ts; WGSL has no 64-bit product, so it is made of 16-bit halves. */
const PHILOX = `
fn multiplyHigh(a: u32, b: u32) -> u32 {
  let aLow = a & 0xffffu;
  let aHigh = a >> 16u;
  let bLow = b & 0xffffu;
  let bHigh = b >> 16u;
  let first = aHigh * bLow + ((aLow * bLow) >> 16u);
  let second = aLow * bHigh + (first & 0xffffu);
  return aHigh * bHigh + (first >> 16u) + (second >> 16u);
}
fn philox(block: u32, node: u32, step: u32, seed: u32) -> vec4<u32> {
  var counter = vec4<u32>(block, node, step, 0u);
  var key = vec2<u32>(seed, 0u);
  for (var round = 0u; round < 10u; round++) {
    let high0 = multiplyHigh(0xd2511f53u, counter.x);
    let low0 = 0xd2511f53u * counter.x;
    let high1 = multiplyHigh(0xcd9e8d57u, counter.z);
    let low1 = 0xcd9e8d57u * counter.z;
    counter = vec4<u32>(high1 ^ counter.y ^ key.x, low1, high0 ^ counter.w ^ key.y, low0);
    key += vec2<u32>(0x9e3779b9u, 0xbb67ae85u);
  }
  return counter;
}`;

export interface DropoutSource {
  numbers: Record<string, KernelNumber>;
  /**
   * `NAMEScale(element)` and `NAMEScale4(element)` (of four elements from a multiple of 4 on): 0 or
   * 1 / (1 - probability); 1 where there is no dropout. Elements count from the first row of the micro-batch.
   */
  code: string;
}

/** Functions for up to several dropouts of one kernel, by name. Needs the operand `scalars` where one is not null. */
export function dropouts(specs: Readonly<Record<string, DropoutSpec | null>>): DropoutSource {
  const numbers: Record<string, KernelNumber> = {};
  const parts: string[] = [];
  for (const [name, spec] of Object.entries(specs)) {
    if (spec === null || spec.probability === 0) {
      parts.push(`
fn ${name}Scale(element: u32) -> f32 { return 1.0f; }
fn ${name}Scale4(element: u32) -> vec4<f32> { return vec4<f32>(1.0f); }`);
      continue;
    }
    numbers[`${name}Node`] = spec.node;
    // A word is dropped where it is below this; a probability so near 1 that it rounds to 2^32 drops all but one in 2^32.
    numbers[`${name}Threshold`] = Math.min(Math.round(spec.probability * 2 ** 32), 2 ** 32 - 1);
    numbers[`${name}Keep`] = { float: 1 / (1 - spec.probability) };
    numbers[`${name}PerRow`] = spec.elementsPerRow;
    const four =
      spec.elementsPerRow % 4 === 0
        ? `
  if (${scalar('dropoutEnabled')} == 0u) { return vec4<f32>(1.0f); }
  let first = ${scalar('rowOffset')} * numbers.${name}PerRow + element;
  let words = philox(first >> 2u, numbers.${name}Node, ${scalar('step')}, ${scalar('seed')});
  return select(vec4<f32>(0.0f), vec4<f32>(numbers.${name}Keep), words >= vec4<u32>(numbers.${name}Threshold));`
        : `
  return vec4<f32>(${name}Scale(element), ${name}Scale(element + 1u), ${name}Scale(element + 2u), ${name}Scale(element + 3u));`;
    parts.push(`
fn ${name}Scale(element: u32) -> f32 {
  if (${scalar('dropoutEnabled')} == 0u) { return 1.0f; }
  let own = ${scalar('rowOffset')} * numbers.${name}PerRow + element;
  let words = philox(own >> 2u, numbers.${name}Node, ${scalar('step')}, ${scalar('seed')});
  return select(0.0f, numbers.${name}Keep, words[own & 3u] >= numbers.${name}Threshold);
}
fn ${name}Scale4(element: u32) -> vec4<f32> {${four}
}`);
  }
  const any = Object.keys(numbers).length > 0;
  return { numbers, code: (any ? PHILOX : '') + parts.join('\n') };
}

export function dropsAny(...specs: readonly (DropoutSpec | null)[]): boolean {
  return specs.some((spec) => spec !== null && spec.probability > 0);
}

/** Coefficients from the lowest power up, by Horner's rule. */
function polynomial(variable: string, coefficients: readonly number[]): string {
  return coefficients.reduceRight((inner, coefficient) => (inner ? `(${inner} * ${variable} + ${literal(coefficient)})` : literal(coefficient)), '');
}

/**
 * Own least-squares fits towards the smallest largest error: erf(x) / x in x² on [0, 1]; log(erfc(x)) + x² in x on
 * [1, 5]; (tanh(x) / x - 1) / x² in x² on [0, 0.625]. Computed in float32, erf is within 1.3e-7, erfc within 3e-6 of
 * itself (so gelu keeps its digits where 1 + erf would lose them).
 */
const ERF = [1.1283791065216064, -0.3761262595653534, 0.11283600330352783, -0.026854446157813072, 0.005189536605030298, -0.0008020850368114818, 7.889146218076348e-5];
const LOG_ERFC = [-0.00017366395331919193, -1.128329873085022, 0.36509081721305847, -0.10733651369810104, 0.024951372295618057, -0.004273048136383295, 0.0004993487964384258, -3.522917177178897e-5, 1.1247333304709173e-6];
const TANH = [-0.333333283662796, 0.13332794606685638, -0.0538540743291378, 0.021010106429457664, -0.006113228388130665];

const CUMULATIVE = `
// 0.5 erfc(-x / sqrt(2)): the probability that a standard normal variable is below x.
fn cumulativeNormal(x: f32) -> f32 {
  let z = x * 0.70710678118654752f;
  let size = abs(z);
  let square = z * z;
  if (size < 1.0f) { return 0.5f + 0.5f * z * ${polynomial('square', ERF)}; }
  // Beyond 10 the result is 0 or 1 to every digit; clamping keeps exp in its range.
  let t = min(size, 5.0f);
  let far = min(square, 100.0f);
  let tail = 0.5f * exp(${polynomial('t', LOG_ERFC)} - far);
  return select(tail, 1.0f - tail, z > 0.0f);
}`;

/** WGSL's own tanh may be off by 1e-5 or answer NaN far out. */
const TANH_CODE = `
fn boundedTanh(x: f32) -> f32 {
  let square = x * x;
  if (abs(x) < 0.625f) { return x + x * square * ${polynomial('square', TANH)}; }
  // tanh(10) is 1 in float32.
  let far = 1.0f - 2.0f / (exp(2.0f * min(abs(x), 10.0f)) + 1.0f);
  return select(-far, far, x > 0.0f);
}`;

const NEW_GELU_INNER = '0.79788456080286536f * (x + 0.044715f * x * x * x)';

const FORWARD: Record<Activation, string> = {
  none: 'return x;',
  gelu: 'return x * cumulativeNormal(x);',
  gelu_new: `return 0.5f * x * (1.0f + boundedTanh(${NEW_GELU_INNER}));`,
  relu: 'return max(x, 0.0f);',
  tanh: 'return boundedTanh(x);',
};

const SLOPE: Record<Activation, string> = {
  none: 'return 1.0f;',
  gelu: 'return cumulativeNormal(x) + x * 0.3989422804014327f * exp(-0.5f * min(x * x, 170.0f));',
  gelu_new: `let t = boundedTanh(${NEW_GELU_INNER});
  return 0.5f * (1.0f + t) + 0.5f * x * (1.0f - t * t) * 0.79788456080286536f * (1.0f + 0.134145f * x * x);`,
  relu: 'return select(0.0f, 1.0f, x > 0.0f);',
  tanh: 'let t = boundedTanh(x);\n  return 1.0f - t * t;',
};

/** `activate(x)` and `slope(x)`, its derivative, and both for four. */
export function activationCode(activation: Activation): string {
  const needs = activation === 'gelu' ? CUMULATIVE : activation === 'gelu_new' || activation === 'tanh' ? TANH_CODE : '';
  return `${needs}
fn activate(x: f32) -> f32 { ${FORWARD[activation]} }
fn slope(x: f32) -> f32 { ${SLOPE[activation]} }
fn activate4(x: vec4<f32>) -> vec4<f32> { return vec4<f32>(activate(x.x), activate(x.y), activate(x.z), activate(x.w)); }
fn slope4(x: vec4<f32>) -> vec4<f32> { return vec4<f32>(slope(x.x), slope(x.y), slope(x.z), slope(x.w)); }`;
}

/** `reduceSum(local, value)`: the sum over a workgroup of `size` (a power of 2), always added in the same order. */
export function reduction(size: number, type: 'f32' | 'vec2<f32>' = 'f32'): string {
  return `
var<workgroup> reduced: array<${type}, ${size}>;
fn reduceSum(local: u32, value: ${type}) -> ${type} {
  reduced[local] = value;
  workgroupBarrier();
  for (var span = ${size / 2}u; span > 0u; span >>= 1u) {
    if (local < span) { reduced[local] += reduced[local + span]; }
    workgroupBarrier();
  }
  let total = reduced[0];
  workgroupBarrier();
  return total;
}`;
}

/** By the bits: a compiler may assume that comparisons never see NaN or infinity. */
export const FINITE = `
fn isFinite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u; }`;
