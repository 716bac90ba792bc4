import { useId, useState } from 'react';
import { settingBounds, type Recipe } from '../../domain';
import { changeRecipe } from '../actions/prepare';
import { useMessages } from '../messages';
import { parseSetting, readSetting, withSetting, writeSetting, type SettingName } from './settings';

interface Props {
  name: SettingName;
  recipe: Recipe;
  defaults: Recipe | null;
  locked: boolean;
}

/** Above this, runs were seen to go astray. */
const highRate = 5e-4;

export function SettingField({ name, recipe, defaults, locked }: Props) {
  const messages = useMessages();
  const id = useId();
  /** What is being typed; null while the field shows the recipe's own value. */
  const [draft, setDraft] = useState<string | null>(null);
  const value = readSetting(recipe, name);
  const text = draft ?? writeSetting(name, value);
  const wrong = draft !== null && parseSetting(name, draft) === null;
  const words = messages.training.settings[name];
  const { minimum, maximum } = settingBounds[name];

  const type = (typed: string) => {
    setDraft(typed);
    const parsed = parseSetting(name, typed);
    if (parsed !== null && parsed !== value) changeRecipe((before) => withSetting(before, name, parsed));
  };

  return (
    <div className="setting">
      <div className="field-line">
        <label htmlFor={id}>{words.name}</label>
        <input
          id={id}
          className="input figure"
          type="text"
          inputMode={name === 'learningRate' ? 'text' : 'decimal'}
          autoComplete="off"
          spellCheck={false}
          value={text}
          disabled={locked}
          aria-invalid={wrong}
          aria-describedby={`${id}-note`}
          onChange={(event) => type(event.target.value)}
          onBlur={() => setDraft(null)}
        />
      </div>
      <p id={`${id}-note`} className="small muted">
        {messages.device.join([words.note, defaults && messages.training.defaultIs(writeSetting(name, readSetting(defaults, name)))])}{' '}
        {wrong && (
          <strong className="wrong" role="alert">
            {messages.training.bounds(writeSetting(name, minimum), writeSetting(name, maximum))}
          </strong>
        )}
        {name === 'learningRate' && value > highRate && <strong className="wrong">{messages.training.rateHint}</strong>}
      </p>
    </div>
  );
}
