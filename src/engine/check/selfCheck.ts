/**
 * The check before a run: every kernel, at the sizes the run will use, against the float64 reference. A device that
 * computes wrongly (a driver's fault, mostly) is found before a weight is made with it.
 */
import { SeededNumbers } from '../ops/caseBuilder';
import { runReference } from '../ops/references';
import type { Instruction, InstructionKind } from '../plan/instruction';
import type { Plan, UpdatePlan } from '../plan/plan';
import type { TensorId } from '../plan/tensor';
import { sampleAttention, sampleAttentionGradient, Samples } from './attentionSamples';
import { toleranceOf, worstMismatch, writtenOperands, type Tolerance } from './compare';
import { distinctInstructions, sizeOf } from './distinct';
import { narrow } from './narrow';
import { OperandFiller } from './operands';
import type { InstructionCase, InstructionRunner } from './runner';
import { gather, LOW_DENSITY, USUAL_DENSITY, type Density } from './sampling';

export interface CheckOptions {
  /** Of the operands, and of which elements are compared. */
  seed: number;
  /** In milliseconds, as performance.now(). */
  now(): number;
  /** Once it is over, what is left is checked with fewer samples. */
  limitMilliseconds: number;
}

export interface WrongKernel {
  kernel: InstructionKind;
  /** For example "2048 x 384 x 1536": see `sizeOf`. */
  size: string;
  /** How far the worst element is off. Infinity where it is not a number, or was not written at all. */
  difference: number;
  allowed: number;
}

export interface CheckResult {
  /** Different kernels and sizes that were run, the wrong one included. */
  checked: number;
  /** Of those, how many with fewer samples because the time was up. */
  sampled: number;
  milliseconds: number;
  /** The first that is wrong; the check ends there. */
  wrong: WrongKernel | null;
}

type Results = ReadonlyMap<TensorId, Float64Array>;

/** Terms for which the tolerance of a sum was chosen, and how many it has here: errors grow like the root of their number. */
function termsOf(instruction: Instruction): { known: number; here: number } | null {
  switch (instruction.kind) {
    case 'linear':
      return { known: 1536, here: instruction.inputs };
    case 'linearInputGradient':
      return { known: 1536, here: instruction.outputs };
    case 'linearWeightGradient':
      return { known: 1536, here: instruction.rows };
    case 'tableGradient':
    case 'tokenTypeGradient':
    case 'normParameterGradient':
      return { known: 1031, here: instruction.tokens };
    default:
      return null;
  }
}

function toleranceFor(instruction: Instruction, operand: string): Tolerance | 'room' {
  const tolerance = toleranceOf(instruction.kind, operand);
  const terms = termsOf(instruction);
  if (tolerance === 'room' || terms === null) return tolerance;
  return { ...tolerance, relative: tolerance.relative * Math.sqrt(Math.max(1, terms.here / terms.known)) };
}

/** The expected values of some elements of all that is written. */
function samplesOf({ instruction, data }: InstructionCase, density: Density, numbers: SeededNumbers): Samples {
  if (instruction.kind === 'attention') return sampleAttention(instruction, data, density, numbers);
  if (instruction.kind === 'attentionGradient') return sampleAttentionGradient(instruction, data, density, numbers);
  const samples = new Samples();
  for (const part of narrow(instruction, data, density, numbers)) {
    const valuesOf = (id: TensorId): Float64Array => {
      const values = part.data.get(id);
      if (!values) throw new Error(`Part of ${instruction.kind} lacks tensor ${id}.`);
      return values;
    };
    runReference(part.instruction, { get: valuesOf });
    for (const id of new Set(writtenOperands(instruction).map(([, id]) => id))) {
      const elements = part.elements.get(id);
      samples.add(id, valuesOf(id), (index) => elements?.[index] ?? index);
    }
  }
  return samples;
}

/** The first element that is not finite; x - x is 0 of every finite number, and of no other. */
function findNonFinite(values: Float64Array): number {
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? NaN;
    if (value - value !== 0) return index;
  }
  return -1;
}

function findWrong(testCase: InstructionCase, actual: Results, samples: Samples): Pick<WrongKernel, 'difference' | 'allowed'> | null {
  const { instruction } = testCase;
  for (const [operand, id] of writtenOperands(instruction)) {
    const tolerance = toleranceFor(instruction, operand);
    if (tolerance === 'room') continue;
    const found = actual.get(id);
    const expected = samples.byTensor.get(id);
    if (!found || !expected) throw new Error(`${testCase.name}: nothing to compare for ${operand}.`);
    const here = gather(found, expected.elements);
    const mismatch = worstMismatch(here, expected.values, tolerance);
    if (mismatch) {
      const difference = Math.abs((here[mismatch.index] ?? NaN) - (expected.values[mismatch.index] ?? NaN));
      return { difference: Number.isNaN(difference) ? Infinity : difference, allowed: mismatch.allowed };
    }
    // All operands are finite, so all results are; what was left unwritten still holds the NaN it began with.
    if (findNonFinite(found) >= 0) return { difference: Infinity, allowed: tolerance.absolute };
  }
  return null;
}

/** Gives an attention's gradient what its forward pass leaves, from the device itself: that kernel has been checked before. */
async function withForwardPass(testCase: InstructionCase, runner: InstructionRunner): Promise<InstructionCase> {
  const { instruction, data } = testCase;
  if (instruction.kind !== 'attentionGradient') return testCase;
  const { query, key, value, attentionMask, scalars, context, logSumExp } = instruction.reads;
  const { rows, length, heads, headSize, layout, dropout } = instruction;
  const forward: Instruction = { kind: 'attention', reads: { query, key, value, attentionMask, scalars }, writes: { context, logSumExp }, rows, length, heads, headSize, layout, dropout };
  const operands = new Set([query, key, value, attentionMask, scalars, context, logSumExp]);
  const left = await runner.run({ ...testCase, instruction: forward, data: new Map([...data].filter(([id]) => operands.has(id))) });
  return { ...testCase, data: new Map([...data, ...left]) };
}

/**
 * Runs each different instruction of the plans by itself and compares part of what it leaves. Holds the operands of one
 * instruction at a time.
 *
 * @throws whatever the runner throws: a device that is lost or has no memory is no matter of wrong numbers
 */
export async function selfCheck(plans: readonly (Plan | UpdatePlan)[], runner: InstructionRunner, { seed, now, limitMilliseconds }: CheckOptions): Promise<CheckResult> {
  const begin = now();
  const filler = new OperandFiller(seed);
  const numbers = new SeededNumbers(seed ^ 0x5bd1e995);
  const result: CheckResult = { checked: 0, sampled: 0, milliseconds: 0, wrong: null };
  for (const planned of distinctInstructions(plans)) {
    const late = now() - begin > limitMilliseconds;
    const testCase = await withForwardPass(filler.caseOf(planned), runner);
    const actual = await runner.run(testCase);
    const wrong = findWrong(testCase, actual, samplesOf(testCase, late ? LOW_DENSITY : USUAL_DENSITY, numbers));
    result.checked++;
    if (late) result.sampled++;
    if (wrong) result.wrong = { kernel: planned.instruction.kind, size: sizeOf(planned.instruction), ...wrong };
    if (wrong) break;
  }
  return { ...result, milliseconds: now() - begin };
}
