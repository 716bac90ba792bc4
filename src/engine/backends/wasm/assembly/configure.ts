/** The first operation of every program: where each thread's scratch lies, and the tile of matrix products. */
import { integerAt, pointerAt } from './arguments';
import { setScratch, setTile } from './gemm/scratch';

/**
 * Helpers cannot be told by message: between steps they sleep inside the module. So the program itself tells them.
 * Arguments: shared scratch, its bytes, first thread's own scratch, bytes from one thread's to the next, rows of the tile.
 */
export function configure(args: usize, thread: i32, _threads: i32): void {
  setScratch(pointerAt(args, 0), pointerAt(args, 1), pointerAt(args, 2) + <usize>thread * pointerAt(args, 3));
  setTile(integerAt(args, 4));
}
