/** How many labels a column has, which decides how long a default run is. */
import type { Cells } from '../../domain';
import type { Pause } from '../../data';

/** A column of texts would otherwise be held in memory as a set of them. */
const most = 10_000;
const betweenBreaks = 1_000;

/** Different cells, outer spaces aside; counting stops at 10,000. Throws what `pause` throws. */
export async function differentValues(cells: Cells, pause: Pause): Promise<number> {
  const values = new Set<string>();
  let index = 0;
  for (const cell of cells) {
    values.add(cell.trim());
    index += 1;
    if (values.size >= most) break;
    const due = index % betweenBreaks === 0 ? pause() : null;
    if (due !== null) await due;
  }
  return values.size;
}
