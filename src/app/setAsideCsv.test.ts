import { expect, it } from 'vitest';
import { en } from './messages/en';
import { setAsideCsv } from './setAsideCsv';

it('gives row, reason and cells, and starts no formula', () => {
  const text = setAsideCsv(
    [
      { row: 4, reason: 'too-many-cells', cells: ['a, b', 'pears', '=1+1'] },
      { row: 7, reason: 'empty-text', cells: ['', 'a "quote"'] },
    ],
    { row: 'Row', reason: 'Reason' },
    en.data.reasons,
  );
  expect(text).toBe('\ufeffRow,Reason\r\n4,with too many cells,"a, b",pears,\'=1+1\r\n7,without text,,"a ""quote"""\r\n');
});
