/** The float64 reference of every instruction: what a kernel has to compute. */
import type { Instruction, InstructionKind, InstructionOf } from '../plan/instruction';
import { activationGradient, applyActivation } from './activation/reference';
import { adamw } from './adamw/reference';
import { attention, attentionGradient } from './attention/reference';
import { binaryCrossEntropy } from './binary-cross-entropy/reference';
import { clear } from './clear/reference';
import { applyDropout } from './dropout/reference';
import { embeddingNorm, gatherRows, positionGradient, tableGradient, tokenTypeGradient } from './embedding/reference';
import { finishNorm, squaredNorm } from './gradient-norm/reference';
import { linear, linearInputGradient, linearWeightGradient } from './linear/reference';
import { meanSquaredError } from './mean-squared-error/reference';
import type { Reference, ReferenceMemory } from './memory';
import { pool, poolGradient } from './pooling/reference';
import { normGradient, normParameterGradient, residualNorm } from './residual-norm/reference';
import { softmaxCrossEntropy } from './softmax-cross-entropy/reference';

/** A kind without a reference does not compile. */
export const REFERENCES: { readonly [Kind in InstructionKind]: Reference<Kind> } = {
  gatherRows,
  embeddingNorm,
  tableGradient,
  positionGradient,
  tokenTypeGradient,
  residualNorm,
  normGradient,
  normParameterGradient,
  linear,
  linearInputGradient,
  linearWeightGradient,
  applyActivation,
  activationGradient,
  attention,
  attentionGradient,
  pool,
  poolGradient,
  applyDropout,
  softmaxCrossEntropy,
  binaryCrossEntropy,
  meanSquaredError,
  squaredNorm,
  finishNorm,
  adamw,
  clear,
};

/** Carries out one instruction in float64. */
export function runReference<Kind extends InstructionKind>(instruction: Instruction & { kind: Kind }, memory: ReferenceMemory): void {
  const reference: Reference<Kind> = REFERENCES[instruction.kind];
  reference(instruction as InstructionOf<Kind>, memory);
}
