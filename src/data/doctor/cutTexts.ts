/** Texts longer than the chosen length: what comes after it is never read. */
import type { FindingCheck } from './check';

/** Below this share of tokens a few long texts are no reason to look. */
const leastShare = 0.01;

export const cutTexts: FindingCheck<'cut-texts'> = {
  id: 'cut-texts',
  examine(examined) {
    const { tokens } = examined;
    if (tokens === null || tokens.cutRows === 0 || tokens.cutTokenShare < leastShare) return null;
    const cut = new Set(tokens.rows);
    const rows = examined.rows.filter((row) => examined.fileOf(row) === 'data' && cut.has(row.row));
    return {
      id: 'cut-texts',
      rows: tokens.cutRows,
      examples: examined.examples(rows),
      maxLength: tokens.maxLength,
      tokenShare: tokens.cutTokenShare,
    };
  },
};
