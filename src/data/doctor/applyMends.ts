/** Does what the recipe's mends say, always in one order, whatever order they were chosen in. */
import type { Mend, MendableId, MendOutcome } from '../../domain';
import type { RowFiles } from './check';
import { checks } from './registry';

/** What depends on the file as it is first; masks before what compares texts, for masked texts may become copies; labels before what compares them; leaks last, among the rows that stay. */
const order: readonly MendableId[] = ['cut-texts', 'personal-data', 'label-twins', 'label-like-id', 'outliers', 'short-texts', 'conflicts', 'duplicates', 'leaks'];

export async function applyMends(files: RowFiles, mends: readonly Mend[]): Promise<MendOutcome[]> {
  const outcomes: MendOutcome[] = [];
  for (const finding of order) {
    const mend = mends.find((chosen) => chosen.finding === finding);
    const apply = checks[finding].mend;
    if (mend !== undefined && apply !== undefined) outcomes.push({ finding, rows: await apply(files, mend) });
  }
  return outcomes;
}
