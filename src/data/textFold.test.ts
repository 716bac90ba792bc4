import { describe, expect, it } from 'vitest';
import { foldText } from './textFold';

describe('foldText', () => {
  it.each([
    ['Good value, here!', 'good  value here'],
    ['很好，不错。', '很好 不错'],
    ['ＡＢＣ１２', 'abc12'],
    ["don't", 'dont'],
  ])('takes %s and %s for one', (left, right) => expect(foldText(left)).toBe(foldText(right)));

  it.each([
    ['price 1.5', 'price 15'],
    ['fine :)', 'fine :('],
    ['ok 😀', 'ok 😡'],
    ['!!!', '???'],
    ['room 1 2', 'room 12'],
  ])('tells %s from %s', (left, right) => expect(foldText(left)).not.toBe(foldText(right)));
});
