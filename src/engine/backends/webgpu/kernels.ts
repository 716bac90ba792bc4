/** Instructions to kernels: which op builds which. */
import type { Instruction, InstructionKind, InstructionOf } from '../../plan/instruction';
import { activationGradient, applyActivation } from '../../ops/activation/webgpu';
import { adamw } from '../../ops/adamw/webgpu';
import { attention, attentionGradient } from '../../ops/attention/webgpu';
import { binaryCrossEntropy } from '../../ops/binary-cross-entropy/webgpu';
import { clear } from '../../ops/clear/webgpu';
import { applyDropout } from '../../ops/dropout/webgpu';
import { embeddingNorm, gatherRows, positionGradient, tableGradient, tokenTypeGradient } from '../../ops/embedding/webgpu';
import { finishNorm, squaredNorm } from '../../ops/gradient-norm/webgpu';
import { linear, linearInputGradient, linearWeightGradient } from '../../ops/linear/webgpu';
import { meanSquaredError } from '../../ops/mean-squared-error/webgpu';
import { pool, poolGradient } from '../../ops/pooling/webgpu';
import { normGradient, normParameterGradient, residualNorm } from '../../ops/residual-norm/webgpu';
import { softmaxCrossEntropy } from '../../ops/softmax-cross-entropy/webgpu';
import type { KernelContext, Step } from './kernel';

type Builder<Kind extends InstructionKind> = (instruction: InstructionOf<Kind>, context: KernelContext) => Step[];

/** A kind without kernels does not compile. */
const BUILDERS: { readonly [Kind in InstructionKind]: Builder<Kind> } = {
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

export function stepsOf<Kind extends InstructionKind>(instruction: Instruction & { kind: Kind }, context: KernelContext): Step[] {
  const build: Builder<Kind> = BUILDERS[instruction.kind];
  return build(instruction as InstructionOf<Kind>, context);
}
