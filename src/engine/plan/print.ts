/** A plan as text: what runs, on which shapes, where it lies. For reading, and for the snapshot tests. */
import { readsOf, writesOf, type Instruction } from './instruction';
import type { ParameterLayout, Plan, UpdatePlan } from './plan';
import { elementsOf, type PlanTensor, type TensorId } from './tensor';

const BYTES = 4;

function megabytes(elements: number): string {
  return `${((elements * BYTES) / 1e6).toFixed(elements * BYTES < 1e6 ? 3 : 1)} MB`;
}

function describeTensor(tensor: PlanTensor | undefined): string {
  if (!tensor) return '?';
  return `${tensor.name} [${tensor.shape.join(' x ')}] @${tensor.region}${tensor.buffer > 0 ? tensor.buffer : ''}+${tensor.offset}`;
}

function describeSettings(instruction: Instruction): string {
  const { kind: _kind, reads: _reads, writes: _writes, ...settings } = instruction;
  const text = (value: unknown): string => (value !== null && typeof value === 'object' ? `{${Object.entries(value).map(([name, inner]) => `${name} ${text(inner)}`).join(', ')}}` : String(value));
  return Object.entries(settings).map(([name, value]) => `${name} ${text(value)}`).join(', ');
}

function describeInstruction(instruction: Instruction, index: number, tensors: readonly PlanTensor[]): string {
  const list = (ids: readonly TensorId[]): string => [...new Set(ids)].map((id) => describeTensor(tensors[id])).join('\n           ');
  const bindings = new Set([...readsOf(instruction), ...writesOf(instruction)]).size;
  const lines = [`${String(index).padStart(4)} ${instruction.kind} (${describeSettings(instruction)}; ${bindings} bindings)`];
  if (readsOf(instruction).length > 0) lines.push(`     reads ${list(readsOf(instruction))}`);
  lines.push(`     writes ${list(writesOf(instruction))}`);
  return lines.join('\n');
}

export function printPlan(plan: Plan): string {
  const { purpose, rows, length, instructions, tensors, arena, inputElements, resultElements, forward } = plan;
  const total = arena.reduce((sum, size) => sum + size, 0);
  const unshared = tensors.filter(({ region }) => region === 'activations').reduce((sum, { shape }) => sum + elementsOf(shape), 0);
  return [
    `plan to ${purpose} ${rows} x ${length}: ${instructions.length} instructions, ${forward} of them forward`,
    `arena ${megabytes(total)} in ${arena.length} buffers (${megabytes(unshared)} without sharing), inputs ${megabytes(inputElements)}, results ${megabytes(resultElements)}`,
    ...instructions.map((instruction, index) => describeInstruction(instruction, index, tensors)),
    '',
  ].join('\n');
}

export function printUpdate(update: UpdatePlan): string {
  return [`update: ${update.instructions.length} instructions, ${update.chunkNames.length} chunks`, ...update.instructions.map((instruction, index) => describeInstruction(instruction, index, update.tensors)), ''].join('\n');
}

export function printLayout({ trained, decayed, frozen, slices }: ParameterLayout): string {
  const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);
  return [
    `parameters ${megabytes(sum(trained))} that learn in ${trained.length} buffers (${megabytes(sum(decayed))} with weight decay), ${megabytes(sum(frozen))} frozen`,
    ...[...slices].map(([name, parts]) => `  ${name}: ${parts.map(({ region, buffer, offset, elements }) => `${region}${buffer > 0 ? buffer : ''}+${offset} (${elements})`).join(', ')}`),
    '',
  ].join('\n');
}
