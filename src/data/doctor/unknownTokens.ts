/** Script or signs that the base model's vocabulary does not know. */
import type { FindingCheck } from './check';

const mostShare = 0.05;

export const unknownTokens: FindingCheck<'unknown-tokens'> = {
  id: 'unknown-tokens',
  examine({ tokens }) {
    if (tokens === null || tokens.unknownTokenShare <= mostShare) return null;
    // The share is of tokens: no row is better or worse than another.
    return { id: 'unknown-tokens', rows: 0, examples: [], baseModel: tokens.baseModel, share: tokens.unknownTokenShare, better: tokens.better };
  },
};
