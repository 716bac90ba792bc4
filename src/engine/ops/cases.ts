/** All cases of all instructions: what every backend's kernels are run on. */
import type { InstructionKind } from '../plan/instruction';
import type { InstructionCase } from '../check/runner';
import { activationGradientCases, applyActivationCases } from './activation/cases';
import { adamwCases } from './adamw/cases';
import { attentionCases, attentionGradientCases } from './attention/cases';
import { binaryCrossEntropyCases } from './binary-cross-entropy/cases';
import { clearCases } from './clear/cases';
import { applyDropoutCases } from './dropout/cases';
import { embeddingNormCases, gatherRowsCases, positionGradientCases, tableGradientCases, tokenTypeGradientCases } from './embedding/cases';
import { finishNormCases, squaredNormCases } from './gradient-norm/cases';
import { linearCases, linearInputGradientCases, linearWeightGradientCases } from './linear/cases';
import { meanSquaredErrorCases } from './mean-squared-error/cases';
import { poolCases, poolGradientCases } from './pooling/cases';
import { normGradientCases, normParameterGradientCases, residualNormCases } from './residual-norm/cases';
import { softmaxCrossEntropyCases } from './softmax-cross-entropy/cases';

/** Made when asked for: the data of all of them is some tens of megabytes. A kind without cases does not compile. */
export const CASES: { readonly [Kind in InstructionKind]: () => InstructionCase[] } = {
  gatherRows: gatherRowsCases,
  embeddingNorm: embeddingNormCases,
  tableGradient: tableGradientCases,
  positionGradient: positionGradientCases,
  tokenTypeGradient: tokenTypeGradientCases,
  residualNorm: residualNormCases,
  normGradient: normGradientCases,
  normParameterGradient: normParameterGradientCases,
  linear: linearCases,
  linearInputGradient: linearInputGradientCases,
  linearWeightGradient: linearWeightGradientCases,
  applyActivation: applyActivationCases,
  activationGradient: activationGradientCases,
  attention: attentionCases,
  attentionGradient: attentionGradientCases,
  pool: poolCases,
  poolGradient: poolGradientCases,
  applyDropout: applyDropoutCases,
  softmaxCrossEntropy: softmaxCrossEntropyCases,
  binaryCrossEntropy: binaryCrossEntropyCases,
  meanSquaredError: meanSquaredErrorCases,
  squaredNorm: squaredNormCases,
  finishNorm: finishNormCases,
  adamw: adamwCases,
  clear: clearCases,
};

export const KINDS = Object.keys(CASES) as InstructionKind[];

export function allCases(): InstructionCase[] {
  return KINDS.flatMap((kind) => CASES[kind]());
}
