/** What a check of kernels found. */
import type { InstructionKind } from '../plan/instruction';

export interface WrongKernel {
  kernel: InstructionKind;
  /** For example "2048 x 384 x 1536": see `sizeOf`. */
  size: string;
  /** How far the worst element is off. Infinity where it is not a number, or was not written at all. */
  difference: number;
  allowed: number;
}

export interface CheckResult {
  /** Different kernels and sizes that were run, the wrong one included. */
  checked: number;
  /** Of those, how many with fewer samples because the time was up. */
  sampled: number;
  milliseconds: number;
  /** The first that is wrong; the check ends there. */
  wrong: WrongKernel | null;
}
