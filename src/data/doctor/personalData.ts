/** Texts that hold what looks like personal data; shown masked, and masked for training on request. */
import type { PersonalKind } from '../../domain';
import { filesOf, type FindingCheck } from './check';
import type { ExaminedRow } from './examined';
import { maskPersonal, personalKindsIn } from './personalPatterns';

export const personalData: FindingCheck<'personal-data'> = {
  id: 'personal-data',
  examine(examined) {
    const kinds: Record<PersonalKind, number> = { email: 0, phone: 0, card: 0, identity: 0 };
    const rows: ExaminedRow[] = [];
    for (const row of examined.rows) {
      const found = personalKindsIn(row.text);
      if (found.size === 0) continue;
      rows.push(row);
      for (const kind of found) kinds[kind] += 1;
    }
    return rows.length === 0 ? null : { id: 'personal-data', rows: rows.length, examples: examined.examples(rows), kinds };
  },
  mend(files) {
    let changed = 0;
    for (const file of filesOf(files)) {
      for (const row of file.rows) {
        const masked = maskPersonal(row.text);
        if (masked === row.text) continue;
        row.text = masked;
        changed += 1;
      }
    }
    return changed;
  },
};
