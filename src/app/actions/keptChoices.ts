/** A file read again in another way is the same file: what a person chose stays, as far as the columns are still there. */
import type { Recipe } from '../../domain';

interface Choices {
  recipe: Recipe;
  /** Before anyone changed it. */
  defaultRecipe: Recipe | null;
}

/** Settings that a person changed keep their values; the others follow the rows as they are read now. */
function keptTraining({ recipe, defaultRecipe }: Choices, fresh: Recipe['training']): Recipe['training'] {
  const standard = new Map<string, unknown>(Object.entries(defaultRecipe?.training ?? {}));
  const changed = Object.entries(recipe.training).filter(([name, value]) => standard.get(name) !== value);
  return { ...fresh, ...Object.fromEntries(changed) };
}

/** What was said of single labels and rows. In another encoding or sheet the same words may mean nothing. */
function keptMends(before: Recipe['data'], fresh: Recipe['data']): Partial<Recipe['data']> {
  if (before.encoding !== fresh.encoding || before.sheet !== fresh.sheet) return {};
  const fixes = (before.fixes ?? []).filter(({ file }) => file === 'data');
  return { rareLabels: before.rareLabels, ...(before.mends && { mends: before.mends }), ...(fixes.length > 0 && { fixes }) };
}

/**
 * @param fresh the recipe of the file as it is read now
 * @param columns of the file as it is read now
 * @returns `fresh` with the choices from before; `fresh` itself where a chosen column is gone
 */
export function withKeptChoices(before: Choices, fresh: Recipe, columns: readonly string[]): Recipe {
  const { recipe, defaultRecipe } = before;
  const { textColumn, textPairColumn, labelColumn, labelColumns, tidyLabels } = recipe.data;
  const chosen = [textColumn, ...(textPairColumn === undefined ? [] : [textPairColumn]), ...(labelColumns ?? [labelColumn])];
  if (!chosen.every((column) => columns.includes(column))) return fresh;
  const { textPairColumn: _, labelColumns: __, ...data } = fresh.data;
  const { by, ...split } = recipe.split;
  return {
    ...fresh,
    task: recipe.task,
    baseModel: recipe.baseModel === defaultRecipe?.baseModel ? fresh.baseModel : recipe.baseModel,
    data: {
      ...data,
      textColumn,
      labelColumn,
      ...(textPairColumn !== undefined && { textPairColumn }),
      ...(labelColumns !== undefined && { labelColumns }),
      tidyLabels,
      ...keptMends(recipe.data, fresh.data),
    },
    // A test file has to be chosen again.
    split: { ...split, testSource: 'split', ...(by && columns.includes(by.column) && { by }) },
    sample: recipe.sample,
    training: keptTraining(before, fresh.training),
  };
}
