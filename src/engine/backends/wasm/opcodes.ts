/** Numbers of the operations in a program. `assembly/opcodes.ts` says the same to the module; a test compares the two. */
import type { InstructionKind } from '../../plan/instruction';

/** Not an instruction of a plan: tells every thread where its scratch lies, and the tile of matrix products. */
export const CONFIGURE = 26;

export const OPCODES = {
  linear: 1,
  linearInputGradient: 2,
  linearWeightGradient: 3,
  applyActivation: 4,
  activationGradient: 5,
  attention: 6,
  attentionGradient: 7,
  gatherRows: 8,
  embeddingNorm: 9,
  tableGradient: 10,
  positionGradient: 11,
  tokenTypeGradient: 12,
  residualNorm: 13,
  normGradient: 14,
  normParameterGradient: 15,
  pool: 16,
  poolGradient: 17,
  applyDropout: 18,
  softmaxCrossEntropy: 19,
  binaryCrossEntropy: 20,
  meanSquaredError: 21,
  squaredNorm: 22,
  finishNorm: 23,
  adamw: 24,
  clear: 25,
} as const satisfies Record<InstructionKind, number>;
