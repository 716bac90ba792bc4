/**
 * The one numeric matcher of the engine (its tests, and its check on the person's machine), and how far each instruction's f32 result may be from its float64
 * reference. Everything is phrased as "within", never as "not beyond": a NaN is within nothing.
 */
import type { Instruction, InstructionKind } from '../plan/instruction';
import type { TensorId } from '../plan/tensor';
import { runReference } from '../ops/references';
import type { InstructionCase } from './runner';

/**
 * actual is within tolerance of expected where |actual - expected| <= absolute + relative x size, for every element.
 * `scale` says what size is: that of the element itself, or of the largest expected element. The latter suits sums, in
 * which terms cancel: their error is in proportion to the terms, not to what is left of them.
 */
export interface Tolerance {
  absolute: number;
  relative: number;
  scale: 'element' | 'largest';
  /** Where a NaN or an infinity is expected, any number that is not finite will do. Otherwise such a value always fails. */
  allowsNonFinite?: boolean;
  reason: string;
}

export interface Shaped {
  shape: readonly number[];
  data: ArrayLike<number>;
}

function isWithin(actual: number, expected: number, allowed: number, allowsNonFinite: boolean): boolean {
  if (!Number.isFinite(expected)) return allowsNonFinite && !Number.isFinite(actual);
  return Math.abs(actual - expected) <= allowed;
}

/** How badly an element is off, in units of what is allowed; a value that is not finite is off by Infinity. */
function excessOf(actual: number, expected: number, allowed: number): number {
  const excess = Math.abs(actual - expected) / allowed;
  return Number.isNaN(excess) ? Infinity : excess;
}

export interface Mismatch {
  /** Elements that are not within tolerance. */
  wrong: number;
  /** The worst of them, and how far it may be off. */
  index: number;
  allowed: number;
}

/** The largest size among finite numbers. */
function largestOf(values: ArrayLike<number>): number {
  let most = 0;
  for (let index = 0; index < values.length; index++) {
    const size = Math.abs(values[index] ?? NaN);
    if (size > most && size !== Infinity) most = size;
  }
  return most;
}

/** Both have the same number of elements. @returns null where `actual` is within tolerance of `expected` */
export function worstMismatch(actual: ArrayLike<number>, expected: ArrayLike<number>, { absolute, relative, scale, allowsNonFinite = false }: Tolerance): Mismatch | null {
  const largest = scale === 'largest' ? largestOf(expected) : 0;
  let wrong = 0;
  let worst = { index: -1, excess: -1, allowed: 0 };
  for (let index = 0; index < expected.length; index++) {
    const wanted = expected[index] ?? NaN;
    const found = actual[index] ?? NaN;
    const allowed = absolute + relative * (scale === 'largest' ? largest : Math.abs(wanted));
    if (isWithin(found, wanted, allowed, allowsNonFinite)) continue;
    wrong++;
    const excess = excessOf(found, wanted, allowed);
    if (excess > worst.excess) worst = { index, excess, allowed };
  }
  return wrong === 0 ? null : { wrong, index: worst.index, allowed: worst.allowed };
}

/** @returns what is wrong, the worst element first, or null where `actual` is within tolerance of `expected` */
export function findMismatch(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: Tolerance): string | null {
  if (actual.length !== expected.length) return `has ${actual.length} elements where ${expected.length} are expected`;
  const mismatch = worstMismatch(actual, expected, tolerance);
  if (!mismatch) return null;
  const { wrong, index, allowed } = mismatch;
  return `is wrong in ${wrong} of ${expected.length} elements, worst at ${index}: ${actual[index]} where ${expected[index]} ± ${allowed.toPrecision(3)} is expected`;
}

/** `findMismatch` for tensors: the shape counts too. */
export function findTensorMismatch(actual: Shaped, expected: Shaped, tolerance: Tolerance): string | null {
  if (actual.shape.join() !== expected.shape.join()) return `has shape [${actual.shape.join(', ')}] where [${expected.shape.join(', ')}] is expected`;
  return findMismatch(actual.data, expected.data, tolerance);
}

const largest = (relative: number, reason: string, absolute = 0): Tolerance => ({ absolute, relative, scale: 'largest', reason });

const EXACT: Tolerance = { absolute: 0, relative: 0, scale: 'element', reason: 'nothing is computed' };
const ONE_ROUNDING = largest(3e-7, 'a product and a sum, each rounded once (6e-8)');
const SUM = largest(3e-6, 'a sum of up to 1031 terms in any order: errors grow like the root of their number, 6e-8 each');
const NORM = largest(1e-5, 'two sums over a row, and a difference from the mean that may be smaller than the mean');
const PRODUCT = largest(1e-5, 'a sum of up to 1536 products in any order, an activation on top');
const ATTENTION = largest(2e-5, 'three sums and an exponential, of scores up to 100 of which the error (6e-6) is a factor');
/** Where a row has a single key, its probability is 1 and the gradients of query and key are 0 but for rounding. */
const ATTENTION_GRADIENT: Tolerance = { ...ATTENTION, absolute: 2e-6 };
/** Absolute: a row that is all but certain has a loss of log(1 + tiny), which f32 rounds to a multiple of 6e-8. */
const LOSS = largest(2e-6, 'an exponential and a logarithm of a few ulp', 1e-7);
const CURVE = largest(1e-5, 'WGSL allows tanh an absolute error of 1e-5, erf is approximated');

/** By instruction: a kind without a tolerance does not compile. */
export const TOLERANCES: { readonly [Kind in InstructionKind]: Tolerance } = {
  gatherRows: EXACT,
  embeddingNorm: NORM,
  tableGradient: SUM,
  positionGradient: SUM,
  tokenTypeGradient: SUM,
  residualNorm: NORM,
  normGradient: NORM,
  normParameterGradient: NORM,
  linear: PRODUCT,
  linearInputGradient: PRODUCT,
  linearWeightGradient: PRODUCT,
  applyActivation: CURVE,
  activationGradient: CURVE,
  attention: ATTENTION,
  attentionGradient: ATTENTION_GRADIENT,
  pool: SUM,
  poolGradient: ONE_ROUNDING,
  applyDropout: ONE_ROUNDING,
  softmaxCrossEntropy: LOSS,
  binaryCrossEntropy: LOSS,
  meanSquaredError: LOSS,
  squaredNorm: { absolute: 0, relative: 1e-5, scale: 'element', allowsNonFinite: true, reason: 'a sum of up to 16384 squares; none cancels another' },
  finishNorm: { absolute: 0, relative: 1e-5, scale: 'element', allowsNonFinite: true, reason: 'a sum of up to 1409 partials, a root; the loss may be anything and stays' },
  adamw: largest(1e-6, 'a handful of roundings an element'),
  clear: EXACT,
};

/** Outputs that differ from the rest of their instruction: 'room' holds what a backend likes. */
const OPERANDS: { readonly [Kind in InstructionKind]?: Readonly<Record<string, Tolerance | 'room'>> } = {
  attentionGradient: { delta: 'room' },
  // Of the other words, some hold numbers that are larger than the loss: each is compared by its own size.
  softmaxCrossEntropy: { results: { ...LOSS, relative: 1e-5, scale: 'element' } },
  binaryCrossEntropy: { results: { ...LOSS, relative: 1e-5, scale: 'element' } },
  meanSquaredError: { results: { ...LOSS, relative: 1e-5, scale: 'element' } },
};

export function toleranceOf(kind: InstructionKind, operand: string): Tolerance | 'room' {
  return OPERANDS[kind]?.[operand] ?? TOLERANCES[kind];
}

/** What every tensor holds after the instruction, in float64: the case's own data stays as it is. */
export function expectedAfter({ instruction, data }: Pick<InstructionCase, 'instruction' | 'data'>): Map<TensorId, Float64Array> {
  const memory = new Map([...data].map(([id, values]) => [id, values.slice()]));
  const get = (id: TensorId) => {
    const values = memory.get(id);
    if (!values) throw new Error(`The case has no tensor ${id}.`);
    return values;
  };
  runReference(instruction, { get });
  return memory;
}

/** Names of what an instruction writes, with their tensors. */
export function writtenOperands(instruction: Instruction): [string, TensorId][] {
  return Object.entries<TensorId | null>({ ...instruction.writes }).flatMap(([operand, id]) => (id === null ? [] : [[operand, id]]));
}

/**
 * @param expected what `expectedAfter` gives, where it is known already
 * @returns what is wrong with what a backend made of a case, a line each; nothing where all is right
 */
export function problemsOf(testCase: InstructionCase, actual: ReadonlyMap<TensorId, ArrayLike<number>>, expected = expectedAfter(testCase)): string[] {
  const problems: string[] = [];
  for (const [operand, id] of writtenOperands(testCase.instruction)) {
    const tolerance = toleranceOf(testCase.instruction.kind, operand);
    if (tolerance === 'room') continue;
    const found = actual.get(id);
    const problem = found ? findMismatch(found, expected.get(id) ?? [], tolerance) : 'is missing';
    if (problem !== null) problems.push(`${testCase.name}: ${operand} ${problem}`);
  }
  return problems;
}
