import { useId } from 'react';
import { baseModels } from '../../models';
import { changeRecipe } from '../actions/prepare';
import { SelectField } from '../components/SelectField';
import { useMessages } from '../messages';
import { useProject } from '../store/project';
import { useRun } from '../store/run';

/** What training starts from. */
export function BaseModelSetting({ locked }: { locked: boolean }) {
  const messages = useMessages();
  const { recipe, defaultRecipe } = useProject();
  const training = useRun((state) => state.training);
  const note = useId();
  const words = messages.models;
  if (!recipe) return null;
  const options = baseModels.map(({ id, languages }) => ({ value: id, name: words.option(id, languages) }));
  const chosen = baseModels.find(({ id }) => id === recipe.baseModel);
  return (
    <div className="setting">
      <SelectField
        label={words.setting}
        value={chosen?.id ?? ''}
        options={options}
        disabled={locked || training}
        describedBy={note}
        onChange={(baseModel) => changeRecipe((before) => ({ ...before, baseModel }))}
      />
      <p id={note} className="small muted">
        {messages.device.join([words.settingNote, chosen ? words.size(chosen.layers, chosen.parameters) : null, defaultRecipe && messages.training.defaultIs(defaultRecipe.baseModel)])}
      </p>
    </div>
  );
}
