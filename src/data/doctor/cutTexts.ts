/** Texts longer than the chosen length: what comes after it is never read. */
import { filesOf, type FindingCheck } from './check';

/** Below this share of tokens a few long texts are no reason to look. */
const leastShare = 0.01;

export const cutTexts: FindingCheck<'cut-texts'> = {
  id: 'cut-texts',
  examine(examined) {
    const { tokens } = examined;
    // Left out already: what was counted is the file's.
    if (examined.dataset.counts.mended?.some(({ finding }) => finding === 'cut-texts')) return null;
    if (tokens === null || tokens.cutRows === 0 || tokens.cutTokenShare < leastShare) return null;
    const cut = new Set(tokens.rows);
    const rows = examined.rows.filter((row) => examined.fileOf(row) === 'data' && cut.has(row.row));
    return {
      id: 'cut-texts',
      rows: tokens.cutRows,
      examples: examined.examples(rows),
      maxLength: tokens.maxLength,
      tokenShare: tokens.cutTokenShare,
      keptEnd: examined.keptEnd,
      raised: tokens.raised,
    };
  },
  mend(files) {
    const { tooLong } = files;
    if (tooLong === undefined) return 0;
    return filesOf(files).reduce((left, file) => left + file.keep(({ row }) => !(file === files.data ? tooLong.data : tooLong.test).has(row), 'too-long'), 0);
  },
};
