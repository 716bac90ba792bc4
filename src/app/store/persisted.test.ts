import { describe, expect, it } from 'vitest';
import { computeChoiceFrom, computeChoices } from './persisted';

describe('computeChoiceFrom', () => {
  it('reads every choice, and takes anything else as automatic', () => {
    for (const choice of computeChoices) expect(computeChoiceFrom(choice)).toBe(choice);
    for (const stored of [null, '', 'tfjs-cpu', 'cuda']) expect(computeChoiceFrom(stored)).toBe('automatic');
  });
});
