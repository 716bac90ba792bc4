/** How much working memory a plan's instructions ask for. */
import type { Instruction } from '../../plan/instruction';
import type { EngineExports } from './modules';

export interface ScratchNeeds {
  /** Bytes that all threads use together. */
  shared: number;
  /** Bytes of each thread. */
  own: number;
}

/** Rows of floats that LayerNorm and its gradients keep: factors of dropout and sums. */
const NORM_ROWS = 3;
/** Floats of `CHUNK` in ops/dropout/assembly.ts. */
const DROPOUT_FLOATS = 1024;

function needsOf(instruction: Instruction, module: EngineExports): ScratchNeeds {
  const own = module.PRODUCT_BYTES.value;
  const products = (columns: number, terms: number): ScratchNeeds => ({ shared: module.productSharedBytes(columns, terms) >>> 0, own });
  switch (instruction.kind) {
    case 'linear':
      return products(instruction.outputs, instruction.inputs);
    case 'linearInputGradient':
      return products(instruction.inputs, instruction.outputs);
    case 'linearWeightGradient':
      return products(instruction.inputs, instruction.rows);
    case 'attention':
    case 'attentionGradient':
      // A thread that fails inside the module would leave the others waiting for it.
      if (instruction.length > module.LONGEST_SEQUENCE.value) throw new Error(`Attention over ${instruction.length} tokens does not fit into its scratch.`);
      return { shared: 0, own: module.attentionScratchBytes(instruction.length, instruction.headSize) >>> 0 };
    case 'embeddingNorm':
    case 'tableGradient':
    case 'tokenTypeGradient':
    case 'residualNorm':
    case 'normGradient':
    case 'normParameterGradient':
      return { shared: 0, own: own + NORM_ROWS * instruction.hidden * 4 };
    default:
      return { shared: 0, own: own + DROPOUT_FLOATS * 4 };
  }
}

/** The most that any of the instructions needs. */
export function scratchNeeds(instructions: readonly Instruction[], module: EngineExports): ScratchNeeds {
  const most = { shared: 0, own: 0 };
  for (const instruction of instructions) {
    const { shared, own } = needsOf(instruction, module);
    most.shared = Math.max(most.shared, shared);
    most.own = Math.max(most.own, own);
  }
  return most;
}
