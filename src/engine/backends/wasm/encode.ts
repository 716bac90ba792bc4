/** From instructions to a program: words [opcode, number of arguments, arguments...], one instruction after the other. */
import { activationGradient, applyActivation } from '../../ops/activation/wasm';
import { adamw } from '../../ops/adamw/wasm';
import { attention, attentionGradient } from '../../ops/attention/wasm';
import { binaryCrossEntropy } from '../../ops/binary-cross-entropy/wasm';
import { clear } from '../../ops/clear/wasm';
import { applyDropout } from '../../ops/dropout/wasm';
import { embeddingNorm, gatherRows, positionGradient, tableGradient, tokenTypeGradient } from '../../ops/embedding/wasm';
import { finishNorm, squaredNorm } from '../../ops/gradient-norm/wasm';
import { linear, linearInputGradient, linearWeightGradient } from '../../ops/linear/wasm';
import { meanSquaredError } from '../../ops/mean-squared-error/wasm';
import { pool, poolGradient } from '../../ops/pooling/wasm';
import { normGradient, normParameterGradient, residualNorm } from '../../ops/residual-norm/wasm';
import { softmaxCrossEntropy } from '../../ops/softmax-cross-entropy/wasm';
import type { Instruction, InstructionKind, InstructionOf } from '../../plan/instruction';
import { CONFIGURE, OPCODES } from './opcodes';
import type { AddressOf, Encoder } from './words';

/** A kind without an encoder does not compile. */
const ENCODERS: { readonly [Kind in InstructionKind]: Encoder<Kind> } = {
  linear,
  linearInputGradient,
  linearWeightGradient,
  applyActivation,
  activationGradient,
  attention,
  attentionGradient,
  gatherRows,
  embeddingNorm,
  tableGradient,
  positionGradient,
  tokenTypeGradient,
  residualNorm,
  normGradient,
  normParameterGradient,
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

function encodeOne<Kind extends InstructionKind>(instruction: Instruction & { kind: Kind }, address: AddressOf): number[] {
  const encode: Encoder<Kind> = ENCODERS[instruction.kind];
  const operands = encode(instruction as InstructionOf<Kind>, address);
  return [OPCODES[instruction.kind], operands.length, ...operands];
}

/** Where scratch lies, and what the first operation of a program has to say. */
export interface ProgramSetting {
  sharedScratch: number;
  sharedScratchBytes: number;
  ownScratch: number;
  ownScratchBytes: number;
  tile: number;
}

export interface Program {
  words: Int32Array<ArrayBuffer>;
  /** Number of operations, the setting included. */
  count: number;
}

/** Words that a program of these instructions has, wherever its tensors lie. */
export function programWords(instructions: readonly Instruction[]): number {
  const zero = () => 0;
  return instructions.reduce((sum, instruction) => sum + encodeOne(instruction, zero).length, CONFIGURE_WORDS);
}

const CONFIGURE_WORDS = 7;

export function encodeProgram(instructions: readonly Instruction[], address: AddressOf, setting: ProgramSetting): Program {
  const { sharedScratch, sharedScratchBytes, ownScratch, ownScratchBytes, tile } = setting;
  const words = [CONFIGURE, CONFIGURE_WORDS - 2, sharedScratch, sharedScratchBytes, ownScratch, ownScratchBytes, tile];
  for (const instruction of instructions) words.push(...encodeOne(instruction, address));
  return { words: Int32Array.from(words), count: instructions.length + 1 };
}
