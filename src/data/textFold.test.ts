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

  it.each([
    ['fine :)  1 , 5 ; ', 'fine:)1,5'],
    ['a_b {c} [d] \\ e~f', 'abcde~f'],
    ['no. 7, Rue: 8', 'no7rue8'],
    ['"Tab\tand line\nend"', 'tabandlineend'],
    ['（１．５）和 2', '1.5和2'],
    ['¿Qué?', 'qué'],
  ])('folds %j to %s', (text, folded) => expect(foldText(text)).toBe(folded));

  it('treats every ASCII sign as its Unicode class says, whatever way is taken', () => {
    for (let code = 0x20; code < 0x7f; code += 1) {
      const sign = String.fromCharCode(code);
      // A text with another letter goes the slower way, and a face makes it look with care.
      for (const text of [`ab${sign}cd`, `a1${sign}2d`, `a1${sign}d2`]) {
        const folded = foldText(text);
        expect(foldText(`${text}é`), text).toBe(`${folded}é`);
        expect(foldText(`${text} :) z`), text).toBe(`${folded}:)z`);
      }
    }
  });
});
