import { describe, expect, it } from 'vitest';
import { CaseBuilder, filled } from '../caseBuilder';

describe('clear', () => {
  it('leaves zeros, of NaN too, and nothing else changed', () => {
    const build = new CaseBuilder('clear');
    const target = build.tensor('target', [5], 'gradients', filled(5, NaN));
    build.run({ kind: 'clear', reads: {}, writes: { target }, elements: 4 });
    expect([...build.values(target)]).toEqual([0, 0, 0, 0, NaN]);
  });
});
