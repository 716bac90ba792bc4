import { chooseDevice } from '../actions/device';
import { changeRecipe } from '../actions/prepare';
import { Button } from '../components/Button';
import { useMessages } from '../messages';
import { useProject } from '../store/project';
import { useSettings } from '../store/settings';
import { BaseModelSetting } from './BaseModelSetting';
import { DeviceSetting } from './DeviceSetting';
import { SettingField } from './SettingField';
import { settingNames } from './settings';

/** Everything that can be set, each with its default; nothing of it is needed before the first run. */
export function MoreSettings() {
  const messages = useMessages();
  const { recipe, defaultRecipe, ownership } = useProject();
  if (!recipe) return null;
  const locked = ownership !== 'owner';
  const reset = () => {
    if (useSettings.getState().computeWith !== 'automatic') void chooseDevice('automatic');
    if (defaultRecipe) changeRecipe((before) => ({ ...before, baseModel: defaultRecipe.baseModel, training: defaultRecipe.training, split: { ...defaultRecipe.split, testSource: before.split.testSource } }));
  };
  return (
    <details className="settings">
      <summary>{messages.training.more}</summary>
      <div className="settings-body">
        <BaseModelSetting locked={locked} />
        {settingNames
          .filter((name) => name !== 'testFraction' || recipe.split.testSource === 'split')
          .map((name) => (
            <SettingField key={name} name={name} recipe={recipe} defaults={defaultRecipe} locked={locked} />
          ))}
        <DeviceSetting locked={locked} />
        <div>
          <Button look="text" disabled={locked || !defaultRecipe} onClick={reset}>
            {messages.training.reset}
          </Button>
        </div>
      </div>
    </details>
  );
}
