import { useId } from 'react';
import { chooseDevice } from '../actions/device';
import { SelectField } from '../components/SelectField';
import { useMessages } from '../messages';
import { useDevice } from '../store/device';
import { useExport } from '../store/exporting';
import { useRun } from '../store/run';
import { computeChoices } from '../store/persisted';
import { useSettings } from '../store/settings';

/** What computes. Kept for this browser, not in the recipe: the same recipe can run on any device. */
export function DeviceSetting({ locked }: { locked: boolean }) {
  const messages = useMessages();
  const chosen = useSettings((state) => state.computeWith);
  const refused = useDevice((state) => state.error?.code === 'device.refused');
  const training = useRun((state) => state.training);
  const packing = useExport((state) => state.working);
  const note = useId();
  const words = messages.device;
  return (
    <div className="setting">
      <SelectField
        label={words.setting}
        value={chosen}
        options={computeChoices.map((choice) => ({ value: choice, name: words.choices[choice] }))}
        disabled={locked || training || packing}
        describedBy={note}
        onChange={(choice) => void chooseDevice(choice)}
      />
      <p id={note} className="small muted">
        {words.settingNote} {refused && <strong className="wrong">{words.notStarted}</strong>}
      </p>
    </div>
  );
}
