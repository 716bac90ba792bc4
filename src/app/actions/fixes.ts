/** Labels put right in place: each change an entry in the recipe, taken back one by one or all at once. */
import { withoutLastFix, withoutLastFixOf, type LabelFix, type Recipe, type RowLabel, type RowPlace } from '../../domain';
import type { RowLabels } from '../../workers';
import { useProject } from '../store/project';
import { projectWorker } from '../workers';
import { changeRecipe } from './prepare';

function withFixes(recipe: Recipe, fixes: readonly LabelFix[]): Recipe {
  const { fixes: before, ...data } = recipe.data;
  void before;
  return { ...recipe, data: { ...data, ...(fixes.length > 0 && { fixes: [...fixes] }) } };
}

const change = (make: (fixes: readonly LabelFix[]) => readonly LabelFix[]): void => changeRecipe((before) => withFixes(before, make(before.data.fixes ?? [])));

function dataLabels(): string[] {
  return useProject.getState().counts?.labels.map(({ label }) => label) ?? [];
}

/** Null where the row cannot be had. */
export async function fetchRowLabel(place: RowPlace): Promise<RowLabels | null> {
  const { recipe } = useProject.getState();
  if (!recipe) return null;
  return projectWorker.request('rowLabel', { recipe, place, labels: dataLabels() }).catch(() => null);
}

/** False where the label cannot be learnt, or the row cannot be had. */
export async function fixLabel(place: RowPlace, label: RowLabel): Promise<boolean> {
  for (;;) {
    const { recipe, ownership } = useProject.getState();
    if (!recipe || ownership !== 'owner') return false;
    const fixes = await projectWorker.request('relabel', { recipe, place, labels: dataLabels(), label }).catch(() => null);
    if (fixes === null) return false;
    // Another change that came in between is not written over.
    if (useProject.getState().recipe?.data.fixes !== recipe.data.fixes) continue;
    change(() => fixes);
    return true;
  }
}

export const undoLastFix = (): void => change(withoutLastFix);
export const undoFixOf = (place: RowPlace): void => change((fixes) => withoutLastFixOf(fixes, place));
export const undoAllFixes = (): void => change(() => []);
