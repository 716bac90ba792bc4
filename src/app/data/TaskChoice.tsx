import { defaultTask, taskIds, taskKinds, type TaskId } from '../../domain';
import type { TableSummary } from '../../workers';
import { chooseTask } from '../actions/prepare';
import { SelectField } from '../components/SelectField';
import { useMessages } from '../messages';
import { useProject } from '../store/project';

/** Whether the column was seen to hold character ranges. */
export function isGuessedFromSpans({ guess }: TableSummary, column: string): boolean {
  return guess.reasons.some((reason) => reason.kind === 'spans' && reason.column === column);
}

/** What is learnt: guessed from the columns, and changed here. A pair needs a column more than the others. */
export function TaskChoice({ locked }: { locked: boolean }) {
  const messages = useMessages();
  const { table, recipe, defaultRecipe } = useProject();
  if (!table || !recipe) return null;
  const words = messages.tasks;
  const options = taskIds
    .filter((task) => !taskKinds[task].pair || table.columns.length > 2)
    .map((task: TaskId) => ({ value: task, name: words.names[task] }));
  const guessed = defaultRecipe?.task === recipe.task && recipe.task !== defaultTask;
  const why = isGuessedFromSpans(table, recipe.data.labelColumn) ? words.spans.guessed : words.guessed[recipe.task];
  return (
    <>
      <SelectField label={words.heading} value={recipe.task} options={options} disabled={locked} onChange={chooseTask} />
      {guessed && <p className="small muted">{why}</p>}
    </>
  );
}
