import { describe, expect, it } from 'vitest';
import { finalFixes, fixedRows, withoutLastFix, withoutLastFixOf, type LabelFix } from './fixes';

const fix = (row: number, to: string, column = 'label', file: LabelFix['file'] = 'data'): LabelFix => ({ file, row, column, to });

describe('fixed labels', () => {
  it('count once a cell, the newest value', () => {
    const fixes = [fix(2, 'a'), fix(3, 'b'), fix(2, 'c'), fix(2, 'd', 'label', 'test'), fix(2, '1', '__proto__')];
    expect(finalFixes(fixes)).toEqual([fix(2, 'c'), fix(3, 'b'), fix(2, 'd', 'label', 'test'), fix(2, '1', '__proto__')]);
    expect(fixedRows(fixes)).toEqual([{ file: 'data', row: 2 }, { file: 'data', row: 3 }, { file: 'test', row: 2 }]);
  });

  it('are undone one change after the other, each giving back the one before', () => {
    const fixes = [fix(2, 'a'), fix(3, 'b'), fix(2, 'c')];
    expect(withoutLastFix(fixes)).toEqual([fix(2, 'a'), fix(3, 'b')]);
    expect(withoutLastFix([])).toEqual([]);
    expect(withoutLastFixOf(fixes, { file: 'data', row: 3 })).toEqual([fix(2, 'a'), fix(2, 'c')]);
    expect(withoutLastFixOf(fixes, { file: 'data', row: 2 })).toEqual([fix(2, 'a'), fix(3, 'b')]);
    expect(withoutLastFixOf(fixes, { file: 'test', row: 2 })).toEqual(fixes);
  });

  it('are undone together where one change touched several columns', () => {
    const fixes = [fix(2, '1', 'joy'), fix(2, '0', 'fear'), fix(2, '0', 'joy'), fix(2, '1', 'fear')];
    expect(withoutLastFix(fixes)).toEqual(fixes.slice(0, 2));
    expect(withoutLastFix(fixes.slice(0, 2))).toEqual([]);
  });
});
