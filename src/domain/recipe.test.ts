import { describe, expect, it } from 'vitest';
import { parseRecipe, readingChoice } from './recipe';
import { exampleRecipe as recipe } from './recipe.fixture';

describe('the sheet in a recipe', () => {
  it('may be absent, as in recipes from before there were sheets', () => {
    expect(parseRecipe(recipe).data).toEqual(recipe.data);
    expect(parseRecipe({ ...recipe, data: { ...recipe.data, sheet: '第二页' } }).data.sheet).toBe('第二页');
    expect(() => parseRecipe({ ...recipe, data: { ...recipe.data, sheet: 2 } })).toThrow();
  });

  it('is read back as a choice, with what else was chosen, and nothing where it is not valid', () => {
    expect(readingChoice({ ...recipe.data, encoding: 'gb18030', hasHeader: false, sheet: '' })).toEqual({ encoding: 'gb18030', hasHeader: false, sheet: '' });
    const mended = { openQuote: 'rows-before', mixedEncoding: 'each-part', damagedRows: 'leave-out', raggedRows: 'use' } as const;
    expect(readingChoice({ ...recipe.data, ...mended })).toEqual(mended);
    expect(readingChoice(recipe.data)).toEqual({});
    expect(readingChoice({ sheet: 2 })).toEqual({});
    expect(readingChoice(undefined)).toEqual({});
  });
});
