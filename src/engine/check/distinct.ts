/** The different instructions of some plans: those of equal layers are one kernel at one size, checked once. */
import type { Instruction, InstructionKind, InstructionOf } from '../plan/instruction';
import type { Plan, UpdatePlan } from '../plan/plan';
import type { PlanTensor, TensorId } from '../plan/tensor';

export interface PlannedInstruction {
  instruction: Instruction;
  /** Of its plan, indexed by id. */
  tensors: readonly PlanTensor[];
  /** What the chunk table of its plan holds, in the update. */
  chunkTable: Int32Array | null;
}

/**
 * Kind, sizes and settings; shapes and regions of the operands, and which are one tensor (in place). Not the graph node
 * that dropout belongs to: it is a number that all kernels take.
 */
function signature(instruction: Instruction, tensors: readonly PlanTensor[]): string {
  const { reads, writes, ...settings } = instruction;
  const ids: TensorId[] = [];
  const operands = [reads, writes].flatMap((group) =>
    Object.entries<TensorId | null>({ ...group }).map(([role, id]) => {
      if (id === null) return [role, null];
      if (!ids.includes(id)) ids.push(id);
      return [role, ids.indexOf(id), tensors[id]?.region, tensors[id]?.shape];
    }),
  );
  return JSON.stringify([Object.entries(settings).map(([name, value]) => (name.toLowerCase().endsWith('dropout') && value ? [name, { ...Object(value), node: 0 }] : [name, value])), operands]);
}

export function distinctInstructions(plans: readonly (Plan | UpdatePlan)[]): PlannedInstruction[] {
  const found = new Map<string, PlannedInstruction>();
  for (const plan of plans) {
    for (const instruction of plan.instructions) {
      const key = signature(instruction, plan.tensors);
      if (!found.has(key)) found.set(key, { instruction, tensors: plan.tensors, chunkTable: 'chunkTable' in plan ? plan.chunkTable : null });
    }
  }
  return [...found.values()];
}

type Describe<Kind extends InstructionKind> = (instruction: InstructionOf<Kind>) => readonly (number | string)[];

const product = ({ rows, inputs, outputs }: { rows: number; inputs: number; outputs: number }) => [rows, inputs, outputs];
const normalized = ({ tokens, hidden }: { tokens: number; hidden: number }) => [tokens, hidden];
const table = ({ tokens, hidden, tableRows }: { tokens: number; hidden: number; tableRows: number }) => [tokens, hidden, `${tableRows} rows`];
const sequences = ({ rows, length, hidden }: { rows: number; length: number; hidden: number }) => [rows, length, hidden];
const heads = (sizes: { rows: number; length: number; heads: number; headSize: number }) => [sizes.rows, sizes.length, `${sizes.heads} heads`, sizes.headSize];
const loss = ({ rows, labels }: { rows: number; labels: number }) => [rows, labels];
const single = ({ elements }: { elements: number }) => [elements];
const chunked = ({ chunks }: { chunks: number }) => [`${chunks} chunks`];

const SIZES: { readonly [Kind in InstructionKind]: Describe<Kind> } = {
  gatherRows: table, embeddingNorm: normalized, tableGradient: table, tokenTypeGradient: table,
  positionGradient: ({ rows, length, hidden, tableRows }) => [rows, length, hidden, `${tableRows} rows`],
  residualNorm: normalized, normGradient: normalized, normParameterGradient: normalized,
  linear: product, linearInputGradient: product, linearWeightGradient: product,
  applyActivation: single, activationGradient: single, applyDropout: single, adamw: single, clear: single,
  attention: heads, attentionGradient: heads,
  pool: sequences, poolGradient: sequences,
  softmaxCrossEntropy: loss, binaryCrossEntropy: loss, meanSquaredError: loss,
  squaredNorm: chunked, finishNorm: chunked,
};

/** As a message shows it: "2048 x 384 x 1536" (of a product: rows, inputs, outputs). */
export function sizeOf<Kind extends InstructionKind>(instruction: Instruction & { kind: Kind }): string {
  const describe: Describe<Kind> = SIZES[instruction.kind];
  return describe(instruction as InstructionOf<Kind>).join(' x ');
}
