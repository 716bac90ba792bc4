/** The data doctor's look at the rows, after their counts are on screen; and its mends, each one press and undone by one. */
import type { Mend, MendableId, Recipe } from '../../domain';
import type { TableRow } from '../../workers';
import { useProject } from '../store/project';
import { projectWorker } from '../workers';

let running: AbortController | null = null;

/** Only the newest look counts. One that fails says nothing: the findings are a help, never a condition. */
export async function examineData(recipe: Recipe): Promise<void> {
  running?.abort();
  const stop = new AbortController();
  running = stop;
  try {
    const findings = await projectWorker.request('examine', { recipe }, { signal: stop.signal });
    if (running === stop) useProject.setState({ findings });
  } catch {
    if (running === stop) useProject.setState({ findings: null });
  }
}

export function withMend(recipe: Recipe, mend: Mend): Recipe {
  return { ...recipe, data: { ...recipe.data, mends: [...withoutMend(recipe, mend.finding), mend] } };
}

export function withoutMend(recipe: Recipe, finding: MendableId): Mend[] {
  return (recipe.data.mends ?? []).filter((mend) => mend.finding !== finding);
}

/** A row with its whole cells; null where it cannot be had. */
export async function fetchRow(table: 'data' | 'test', row: number): Promise<TableRow | null> {
  return projectWorker.request('row', { table, row }).catch(() => null);
}
