/** What the host sees of a module: set-up, and running a step. */
import { runProgram } from './program';
import { awaitStep, publishStep, stepCount, stepProgram, stepThreads } from './threads';

export { attentionScratchBytes } from '../../../ops/attention/assembly';
export { LONGEST_SEQUENCE } from '../../../ops/attention/assembly/layout';
export { dropoutScales } from './philox';
export { PRODUCT_BYTES, productSharedBytes, setScratch, setTile, tileRows } from './gemm/scratch';
export { CONTROL_BYTES, publishStop, setControl } from './threads';

/** First address that the host may use: below lie the module's own constants. */
export function firstFreeAddress(): usize {
  return __heap_base;
}

/** Main thread: runs a program on all `threads` threads (1 = without the helpers); returns when all have ended it. */
export function runStep(program: usize, count: i32, threads: i32): void {
  publishStep(program, count, threads);
  runProgram(program, count, 0, threads);
}

/** Helper thread: runs published steps as thread number `thread` (from 1) until told to stop. */
export function helperLoop(thread: i32): void {
  while (awaitStep(thread)) runProgram(stepProgram(), stepCount(), thread, stepThreads());
}
