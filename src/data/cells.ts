/** What of a cell is invisible, in one place: names, labels and blank texts are judged by the same rule. */
import type { Cells } from '../domain';

/** Cells that are taken one after the other, for it is cheaper to read on than to read elsewhere. */
const stretch = 250;

/** All cells of a short column; of a longer one stretches spread evenly over it, `count` cells together. */
export function spreadCells(cells: Cells, count: number): Cells {
  if (cells.length <= count) return cells;
  const stretches = Math.floor(count / stretch);
  const step = (cells.length - stretch) / Math.max(1, stretches - 1);
  return Array.from({ length: stretches * stretch }, (_, index) => cells.at(Math.floor(Math.floor(index / stretch) * step) + (index % stretch)) ?? '');
}

/** The first cells of a column, at most `count`. */
export function firstCells(cells: Cells, count: number): string[] {
  return Array.from({ length: Math.min(count, cells.length) }, (_, index) => cells.at(index) ?? '');
}

function isInvisible(unit: number): boolean {
  if (unit <= 0x20) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  if (unit < 0xa0) return false;
  return (
    unit === 0xa0 ||
    unit === 0x1680 ||
    (unit >= 0x2000 && unit <= 0x200d) || // spaces of several widths, zero-width characters
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x2060 ||
    unit === 0x3000 ||
    unit === 0xfeff
  );
}

/**
 * Without outer white space, NBSP, BOM and zero-width characters; '' where nothing visible is left.
 * A loop and no pattern: a pattern anchored at the end takes quadratic time on a long run of spaces inside.
 */
export function trimInvisible(cell: string): string {
  let begin = 0;
  let end = cell.length;
  while (begin < end && isInvisible(cell.charCodeAt(begin))) begin += 1;
  while (end > begin && isInvisible(cell.charCodeAt(end - 1))) end -= 1;
  return cell.slice(begin, end);
}

/** One form for spellings that people take for the same: Unicode compatibility, case, outer and repeated spaces. */
export function foldCell(cell: string): string {
  // ASCII is its own compatibility form, and most of a large file is ASCII.
  if (/^[\x20-\x7e]*$/.test(cell)) {
    const lower = cell.trim().toLowerCase();
    return lower.includes('  ') ? lower.replace(/ +/g, ' ') : lower;
  }
  // Upper case first, so that characters with several lower-case forms (ß, final sigma) meet.
  return trimInvisible(cell.normalize('NFKC').toUpperCase().toLowerCase()).replace(/\s+/g, ' ');
}

/** Order of Unicode code points, which is what other languages sort by; JavaScript's own is by UTF-16 unit. */
export function compareCodePoints(left: string, right: string): number {
  const leftPoints = left[Symbol.iterator]();
  const rightPoints = right[Symbol.iterator]();
  for (;;) {
    const leftNext = leftPoints.next();
    const rightNext = rightPoints.next();
    if (leftNext.done === true || rightNext.done === true) {
      return Number(rightNext.done ?? false) - Number(leftNext.done ?? false);
    }
    const difference = (leftNext.value.codePointAt(0) ?? 0) - (rightNext.value.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
}
