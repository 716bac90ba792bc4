/**
 * The interpreter of a step: instructions one after the other in memory, each [opcode, number of arguments, arguments...]
 * in 32-bit words. Every thread runs all of them and meets the others after each.
 */
import { activationBackward, activationForward } from '../../../ops/activation/assembly';
import { adamw } from '../../../ops/adamw/assembly';
import { attentionBackward, attentionForward } from '../../../ops/attention/assembly';
import { binaryCrossEntropy } from '../../../ops/binary-cross-entropy/assembly';
import { clear } from '../../../ops/clear/assembly';
import { applyDropout } from '../../../ops/dropout/assembly';
import { embeddingNorm, gatherRows, positionGradient, tableGradient, tokenTypeGradient } from '../../../ops/embedding/assembly';
import { finishNorm, squaredNorm } from '../../../ops/gradient-norm/assembly';
import { linearForward, linearInputGradient, linearWeightGradient } from '../../../ops/linear/assembly';
import { meanSquaredError } from '../../../ops/mean-squared-error/assembly';
import { pool, poolGradient } from '../../../ops/pooling/assembly';
import { normGradient, normParameterGradient, residualNorm } from '../../../ops/residual-norm/assembly';
import { softmaxCrossEntropy } from '../../../ops/softmax-cross-entropy/assembly';
import { configure } from './configure';
import {
  ACTIVATION_BACKWARD, ACTIVATION_FORWARD, ADAMW, APPLY_DROPOUT, ATTENTION_BACKWARD, ATTENTION_FORWARD, BINARY_CROSS_ENTROPY, CLEAR,
  CONFIGURE, EMBEDDING_NORM, FINISH_NORM, GATHER_ROWS, LINEAR_FORWARD, LINEAR_INPUT_GRADIENT, LINEAR_WEIGHT_GRADIENT, MEAN_SQUARED_ERROR,
  NORM_GRADIENT, NORM_PARAMETER_GRADIENT, POOL, POOL_GRADIENT, POSITION_GRADIENT, RESIDUAL_NORM, SOFTMAX_CROSS_ENTROPY,
  SQUARED_NORM, TABLE_GRADIENT, TOKEN_TYPE_GRADIENT,
} from './opcodes';
import { barrier } from './threads';

function runInstruction(opcode: i32, args: usize, thread: i32, threads: i32): void {
  switch (opcode) {
    case LINEAR_FORWARD: return linearForward(args, thread, threads);
    case LINEAR_INPUT_GRADIENT: return linearInputGradient(args, thread, threads);
    case LINEAR_WEIGHT_GRADIENT: return linearWeightGradient(args, thread, threads);
    case ACTIVATION_FORWARD: return activationForward(args, thread, threads);
    case ACTIVATION_BACKWARD: return activationBackward(args, thread, threads);
    case ATTENTION_FORWARD: return attentionForward(args, thread, threads);
    case ATTENTION_BACKWARD: return attentionBackward(args, thread, threads);
    case GATHER_ROWS: return gatherRows(args, thread, threads);
    case EMBEDDING_NORM: return embeddingNorm(args, thread, threads);
    case TABLE_GRADIENT: return tableGradient(args, thread, threads);
    case POSITION_GRADIENT: return positionGradient(args, thread, threads);
    case TOKEN_TYPE_GRADIENT: return tokenTypeGradient(args, thread, threads);
    case RESIDUAL_NORM: return residualNorm(args, thread, threads);
    case NORM_GRADIENT: return normGradient(args, thread, threads);
    case NORM_PARAMETER_GRADIENT: return normParameterGradient(args, thread, threads);
    case POOL: return pool(args, thread, threads);
    case POOL_GRADIENT: return poolGradient(args, thread, threads);
    case APPLY_DROPOUT: return applyDropout(args, thread, threads);
    case SOFTMAX_CROSS_ENTROPY: return softmaxCrossEntropy(args, thread, threads);
    case BINARY_CROSS_ENTROPY: return binaryCrossEntropy(args, thread, threads);
    case MEAN_SQUARED_ERROR: return meanSquaredError(args, thread, threads);
    case SQUARED_NORM: return squaredNorm(args, thread, threads);
    case FINISH_NORM: return finishNorm(args, thread, threads);
    case ADAMW: return adamw(args, thread, threads);
    case CLEAR: return clear(args, thread, threads);
    case CONFIGURE: return configure(args, thread, threads);
    default: unreachable();
  }
}

/** Runs `count` instructions from `program` on, together with the other threads. */
export function runProgram(program: usize, count: i32, thread: i32, threads: i32): void {
  for (let index = 0; index < count; index++) {
    runInstruction(load<i32>(program), program + 8, thread, threads);
    barrier(threads);
    program += 8 + (<usize>load<i32>(program, 4) << 2);
  }
}
