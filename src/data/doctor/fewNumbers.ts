/** A number column with so few different numbers that they may be meant as classes. */
import type { FindingCheck } from './check';

const most = 5;
const enoughRows = 50;

export const fewNumbers: FindingCheck<'few-numbers'> = {
  id: 'few-numbers',
  examine(examined) {
    const numbers = new Set(examined.rows.flatMap(({ target }) => (target.kind === 'number' ? [target.value] : [])));
    const rows = examined.rows.length;
    if (numbers.size === 0 || numbers.size > most || rows < enoughRows) return null;
    return { id: 'few-numbers', rows, examples: examined.examples(examined.rows), numbers: [...numbers].sort((left, right) => left - right) };
  },
};
