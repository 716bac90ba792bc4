/** When two texts count as copies: case, width, spaces and punctuation aside. */
import { foldCell } from './cells';

const apart = /[\p{P}\s]+/gu;
/** `:)` and `:(` may be all that two texts differ in. */
const face = /[:;]['-]?[()]/;
const digit = /[0-9]/;
/** Only in such a text may something between words be kept. */
const mayKeep = /[:;]|[0-9][\p{P}\s]+[0-9]/u;
/** The same for a text of ASCII without control characters, which most of a large file is: several times as fast. */
const mayKeepInAscii = /[:;]|[0-9][!"#%&'()*,\-./?@[\\\]_{} ]+[0-9]/;
const apartInAscii = /[!"#%&'()*,\-./:;?@[\\\]_{} ]+/g;
const printableAscii = /^[\x20-\x7e]*$/;

/**
 * One form for texts that a person takes for the same. Symbols and emoji stay, and so does what stands between digits:
 * 1.5 is not 15. A text of punctuation alone is only folded as a cell.
 */
export function foldText(text: string): string {
  const cell = foldCell(text);
  const isAscii = printableAscii.test(cell);
  const folded = (isAscii ? mayKeepInAscii : mayKeep).test(cell) ? foldWithCare(cell) : cell.replace(isAscii ? apartInAscii : apart, '');
  return folded === '' ? cell : folded;
}

function foldWithCare(cell: string): string {
  return cell.replace(apart, (run, at: number) => {
    if (digit.test(cell.charAt(at - 1)) && digit.test(cell.charAt(at + run.length))) return run.trim() || ' ';
    return face.exec(run)?.[0] ?? '';
  });
}
