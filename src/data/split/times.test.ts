import { describe, expect, it } from 'vitest';
import { sideNamed } from './sideNames';
import { dateOrderOf, readTime } from './times';

const at = (text: string): number => Date.parse(text);
const read = (cell: string) => readTime(cell, 'day-month');

describe('times', () => {
  it.each([
    ['2024-03-05', '2024-03-05T00:00:00Z'],
    ['2024/3/5', '2024-03-05T00:00:00Z'],
    ['2024.03.05 14:30', '2024-03-05T14:30:00Z'],
    ['2024-03-05T14:30:15.250Z', '2024-03-05T14:30:15.250Z'],
    ['2024-03-05T14:30:00+08:00', '2024-03-05T06:30:00Z'],
    ['2024-03-05 02:30 PM', '2024-03-05T14:30:00Z'],
    ['2024-03', '2024-03-01T00:00:00Z'],
    ['2024', '2024-01-01T00:00:00Z'],
    ['20240305', '2024-03-05T00:00:00Z'],
    ['1709649000', '2024-03-05T14:30:00Z'],
    ['1709649000.5', '2024-03-05T14:30:00.500Z'],
    ['1709649000000', '2024-03-05T14:30:00Z'],
    ['2024年3月5日', '2024-03-05T00:00:00Z'],
    ['2024 年 03 月 05 日 14:30', '2024-03-05T14:30:00Z'],
    ['2024年3月5日14时30分', '2024-03-05T14:30:00Z'],
    ['２０２４年３月', '2024-03-01T00:00:00Z'],
    ['05/03/2024', '2024-03-05T00:00:00Z'],
    ['5.3.2024 12:05 am', '2024-03-05T00:05:00Z'],
    ['5 March 2024', '2024-03-05T00:00:00Z'],
    ['Tue, 05 Mar 2024 14:30:00 GMT', '2024-03-05T14:30:00Z'],
    ['Mar 5, 2024', '2024-03-05T00:00:00Z'],
    ['Tue Mar 05 14:30:00 +0100 2024', '2024-03-05T13:30:00Z'],
    [' 2024-03-05\u00a0', '2024-03-05T00:00:00Z'],
  ])('reads %s', (cell, expected) => {
    expect(read(cell)).toBe(at(expected));
  });

  it.each(['', 'yesterday', '31/02/2024', '2024-13-01', '2024-02-30', '13/13/2024', '12', '123456', '2024-03-05 25:00', '2024-03-05 noon', 'March', '5 Foo 2024', 'x'.repeat(100_000)])('takes %.20s for no time', (cell) => {
    expect(read(cell)).toBeNull();
  });

  it('reads the month first where it is told to', () => {
    expect(readTime('05/03/2024', 'month-day')).toBe(at('2024-05-03T00:00:00Z'));
    expect(readTime('25/03/2024', 'month-day')).toBeNull();
  });

  it('says whether day or month comes first, and whether any cell tells', () => {
    expect(dateOrderOf(['01/02/2024', '13/02/2024'])).toEqual({ order: 'day-month', ambiguous: false });
    expect(dateOrderOf(['01/02/2024', '02/13/2024'])).toEqual({ order: 'month-day', ambiguous: false });
    expect(dateOrderOf(['01/02/2024', '02/03/2024'])).toEqual({ order: 'day-month', ambiguous: true });
    expect(dateOrderOf(['01.02.2024'])).toEqual({ order: 'day-month', ambiguous: false });
    expect(dateOrderOf(['2024-01-02', '1709649000'])).toEqual({ order: null, ambiguous: false });
  });
});

it('names of sides', () => {
  expect(['train', ' Training ', '训练', 'ＴＲＡＩＮ', '訓練集'].map(sideNamed)).toEqual(Array(5).fill('train'));
  expect(['dev', 'val', 'Validation', 'eval', '验证集', '开发'].map(sideNamed)).toEqual(Array(6).fill('validation'));
  expect(['test', 'held-out', 'Hold out', '测试'].map(sideNamed)).toEqual(['test', 'test', null, 'test']);
  expect(['', 'a', '1', 'training data'].map(sideNamed)).toEqual(Array(4).fill(null));
});
