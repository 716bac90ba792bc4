/** When two texts count as copies: case, width, spaces and punctuation aside. */
import { foldCell } from './cells';

const apart = /[\p{P}\s]+/gu;
/** `:)` and `:(` may be all that two texts differ in. */
const face = /[:;]['-]?[()]/;
const digit = /[0-9]/;

/**
 * One form for texts that a person takes for the same. Symbols and emoji stay, and so does what stands between digits:
 * 1.5 is not 15. A text of punctuation alone is only folded as a cell.
 */
export function foldText(text: string): string {
  const cell = foldCell(text);
  const folded = cell.replace(apart, (run, at: number) => {
    if (digit.test(cell.charAt(at - 1)) && digit.test(cell.charAt(at + run.length))) return run.trim() || ' ';
    return face.exec(run)?.[0] ?? '';
  });
  return folded === '' ? cell : folded;
}
