/** What a plan is made of: every instruction is defined, with its formula, in the folder of its op. */
import type { ActivationGradient, ApplyActivation } from '../ops/activation/op';
import type { AdamW } from '../ops/adamw/op';
import type { Attention, AttentionGradient } from '../ops/attention/op';
import type { BinaryCrossEntropy } from '../ops/binary-cross-entropy/op';
import type { Clear } from '../ops/clear/op';
import type { ApplyDropout } from '../ops/dropout/op';
import type { EmbeddingNorm, GatherRows, PositionGradient, TableGradient, TokenTypeGradient } from '../ops/embedding/op';
import type { FinishNorm, SquaredNorm } from '../ops/gradient-norm/op';
import type { Linear, LinearInputGradient, LinearWeightGradient } from '../ops/linear/op';
import type { MeanSquaredError } from '../ops/mean-squared-error/op';
import type { Pool, PoolGradient } from '../ops/pooling/op';
import type { NormGradient, NormParameterGradient, ResidualNorm } from '../ops/residual-norm/op';
import type { SoftmaxCrossEntropy } from '../ops/softmax-cross-entropy/op';
import type { TensorId } from './tensor';

export type Instruction =
  | GatherRows | EmbeddingNorm | TableGradient | PositionGradient | TokenTypeGradient
  | ResidualNorm | NormGradient | NormParameterGradient
  | Linear | LinearInputGradient | LinearWeightGradient
  | ApplyActivation | ActivationGradient
  | Attention | AttentionGradient
  | Pool | PoolGradient
  | ApplyDropout
  | SoftmaxCrossEntropy | BinaryCrossEntropy | MeanSquaredError
  | SquaredNorm | FinishNorm | AdamW
  | Clear;

export type InstructionKind = Instruction['kind'];
export type InstructionOf<Kind extends InstructionKind> = Extract<Instruction, { kind: Kind }>;

const ids = (operands: Readonly<Record<string, TensorId | null>>): TensorId[] =>
  Object.values(operands).filter((id) => id !== null);

export function readsOf(instruction: Instruction): TensorId[] {
  return ids({ ...instruction.reads });
}

export function writesOf(instruction: Instruction): TensorId[] {
  return ids({ ...instruction.writes });
}
