import { chooseColumns } from '../actions/prepare';
import { SelectField } from '../components/SelectField';
import { useMessages } from '../messages';
import { useProject } from '../store/project';
import { visibleText } from '../visibleText';
import { isGuessedFromSpans, TaskChoice } from './TaskChoice';

export function ColumnChoice({ locked }: { locked: boolean }) {
  const messages = useMessages();
  const { table, recipe, defaultRecipe } = useProject();
  if (!table) return null;
  const options = table.columns.map((column) => ({ value: column, name: visibleText(column) }));
  const text = recipe?.data.textColumn ?? table.guess.textColumn ?? '';
  const label = recipe?.data.labelColumn ?? table.guess.labelColumn ?? '';
  const several = recipe?.data.labelColumns;
  const hasSpans = recipe?.task === 'token-classification' && isGuessedFromSpans(table, label);
  const names = hasSpans ? messages.tasks.spans : ((recipe && messages.tasks.columns[recipe.task]) ?? { text: messages.data.textColumn, label: messages.data.labelColumn });
  const disabled = locked || (!recipe && !defaultRecipe);
  return (
    <>
      <SelectField
        label={names.text}
        value={text}
        options={options}
        disabled={disabled}
        placeholder={messages.data.chooseColumn}
        onChange={(column) => chooseColumns({ textColumn: column })}
      />
      {recipe?.data.textPairColumn !== undefined && (
        <SelectField
          label={messages.tasks.secondText}
          value={recipe.data.textPairColumn}
          options={options}
          disabled={disabled}
          onChange={(column) => chooseColumns({ textPairColumn: column })}
        />
      )}
      <SelectField
        label={names.label}
        value={several ? '' : label}
        options={options}
        disabled={disabled}
        placeholder={several ? messages.tasks.severalColumns(several.length) : messages.data.chooseColumn}
        onChange={(column) => chooseColumns({ labelColumn: column })}
      />
      <TaskChoice locked={disabled} />
    </>
  );
}
