import type { RareLabelChoice } from '../../domain';
import { changeRecipe } from '../actions/prepare';
import { Button } from '../components/Button';
import { SelectField } from '../components/SelectField';
import { useMessages } from '../messages';
import { visibleText } from '../visibleText';

interface Props {
  label: string;
  /** Null once the choice took it out of the counts. */
  rows: number | null;
  choice: RareLabelChoice | null;
  others: string[];
  locked: boolean;
}

export function RareLabel({ label, rows, choice, others, locked }: Props) {
  const messages = useMessages();
  const shown = visibleText(label);
  const choose = (made: RareLabelChoice) =>
    changeRecipe((recipe) => ({
      ...recipe,
      data: { ...recipe.data, rareLabels: { ...recipe.data.rareLabels, [label]: made } },
    }));
  const action = choice?.action ?? null;
  return (
    <div className="rare" role="group" aria-label={messages.data.rareChoice(shown)}>
      <p className="small">{rows === null ? `“${shown}”` : messages.data.rare(shown, rows)}</p>
      <div className="card-actions">
        <Button
          aria-pressed={action === 'keep-for-training'}
          disabled={locked}
          onClick={() => choose({ action: 'keep-for-training' })}
        >
          {messages.data.rareKeep}
        </Button>
        <Button aria-pressed={action === 'leave-out'} disabled={locked} onClick={() => choose({ action: 'leave-out' })}>
          {messages.data.rareLeaveOut}
        </Button>
      </div>
      <SelectField
        label={messages.data.rareMerge}
        value={choice?.action === 'merge' ? choice.into : ''}
        placeholder="–"
        disabled={locked}
        options={others.map((other) => ({ value: other, name: visibleText(other) }))}
        onChange={(into) => choose({ action: 'merge', into })}
      />
    </div>
  );
}
