/** Golden cases of single instructions (parity/ops.py): what PyTorch computes in float64, and what a reference makes of it. */
import { readFileSync } from 'node:fs';
import type { Instruction, InstructionKind } from '../plan/instruction';
import { elementsOf, RESULT_WORDS, RESULTS, SCALAR_WORDS, SCALARS, type TensorId } from '../plan/tensor';
import { runReference } from '../ops/references';
import { findTensorMismatch, type Tolerance } from '../check/compare';

interface GoldenTensor {
  shape: number[];
  data: number[];
}

/** A tensor, or words of the scalars (the results) by name. */
type GoldenContent = GoldenTensor | Record<string, number>;
type Operands = Record<string, string | null>;

export interface GoldenOp {
  name: string;
  kind: InstructionKind;
  fields: Record<string, unknown>;
  before: Record<string, GoldenContent>;
  /** Operand to tensor. */
  reads: Operands;
  writes: Operands;
  after: Record<string, GoldenContent>;
}

/** Both sides compute in float64; 13 digits are stored. */
const FLOAT64: Tolerance = { absolute: 1e-12, relative: 1e-11, scale: 'largest', reason: 'float64 on both sides' };

export function readGoldenOps(op: string): GoldenOp[] {
  const file = JSON.parse(readFileSync(`parity/golden/ops/${op}.json`, 'utf8')) as { cases: GoldenOp[] };
  return file.cases;
}

export const isTensor = (content: GoldenContent): content is GoldenTensor => Array.isArray(content.data);

function words(content: Record<string, number>, places: Record<string, number>, count: number): Float64Array {
  const values = new Float64Array(count).fill(NaN);
  for (const [name, value] of Object.entries(content)) {
    const place = places[name];
    if (place === undefined) throw new Error(`There is no scalar ${name}.`);
    values[place] = value;
  }
  return values;
}

function valuesOf(name: string, content: GoldenContent): Float64Array {
  if (isTensor(content)) return Float64Array.from(content.data);
  return name === 'results' ? words(content, RESULTS, RESULT_WORDS) : words(content, SCALARS, SCALAR_WORDS);
}

/** Every tensor beforehand. Scalars a case does not name are NaN, and so is what has yet to be written. */
function tensorsOf({ before, reads, writes, after }: GoldenOp): Map<string, Float64Array> {
  const tensors = new Map(Object.entries(before).map(([name, content]) => [name, valuesOf(name, content)]));
  for (const [name, content] of Object.entries(after)) {
    if (!tensors.has(name)) tensors.set(name, valuesOf(name, content).fill(NaN));
  }
  for (const name of [...Object.values(reads), ...Object.values(writes)]) {
    if (name !== null && !tensors.has(name)) throw new Error(`Nothing is said of ${name}.`);
  }
  return tensors;
}

/** @returns what is wrong with what the reference makes of a golden case, a line each */
export function problemsWithReference(golden: GoldenOp): string[] {
  const tensors = tensorsOf(golden);
  const names = [...tensors.keys()];
  const idsOf = (operands: Operands) =>
    Object.fromEntries(Object.entries(operands).map(([operand, name]): [string, TensorId | null] => [operand, name === null ? null : names.indexOf(name)]));
  const instruction = { kind: golden.kind, reads: idsOf(golden.reads), writes: idsOf(golden.writes), ...golden.fields } as unknown as Instruction;
  const get = (id: TensorId) => {
    const values = tensors.get(names[id] ?? '');
    if (!values) throw new Error(`There is no tensor ${id}.`);
    return values;
  };
  runReference(instruction, { get });
  return Object.entries(golden.after).flatMap(([name, expected]) => {
    const actual = tensors.get(name) ?? new Float64Array(0);
    const problem = isTensor(expected)
      ? findTensorMismatch({ shape: elementsOf(expected.shape) === actual.length ? expected.shape : [actual.length], data: actual }, expected, FLOAT64)
      : mismatchOfResults(actual, expected);
    return problem === null ? [] : [`${name} ${problem}`];
  });
}

function mismatchOfResults(actual: Float64Array, expected: Record<string, number>): string | null {
  const names = Object.keys(expected);
  const found = names.map((name) => actual[RESULTS[name as keyof typeof RESULTS]] ?? NaN);
  const wanted = names.map((name) => expected[name] ?? NaN);
  return findTensorMismatch({ shape: [names.length], data: found }, { shape: [names.length], data: wanted }, FLOAT64);
}
