import { useId } from 'react';
import { changeRecipe } from '../actions/prepare';
import { useMessages } from '../messages';
import { useDevice } from '../store/device';
import { useProject } from '../store/project';
import { longWait } from './Outlook';

/** Where all rows would take long: a balanced sample beside all of them. */
export function SampleChoice() {
  const messages = useMessages();
  const { recipe, ownership } = useProject();
  const estimate = useDevice((state) => state.estimate);
  const name = useId();
  if (!recipe) return null;
  const { sample } = recipe;
  const proposed = sample.kind === 'balanced' ? sample.rows : (estimate?.rowsWithinLimit ?? null);
  const isLong = estimate !== null && estimate.secondsForAllRows > longWait;
  if (proposed === null || (!isLong && sample.kind === 'all')) return null;
  const words = messages.training;
  const seconds = sample.kind === 'all' ? longWait : estimate?.secondsForAllRows;
  const someText = seconds === undefined ? words.sampleSomeChosen(proposed) : words.sampleSome(proposed, seconds);
  const choices = [
    {
      kind: 'balanced' as const,
      text: someText,
      choose: () => changeRecipe((before) => ({ ...before, sample: { kind: 'balanced', rows: proposed } })),
    },
    {
      kind: 'all' as const,
      // Once a sample is chosen it is the sample's time that is known.
      text: estimate && sample.kind === 'all' ? words.sampleAll(estimate.secondsForAllRows) : words.sampleAllPlain,
      choose: () => changeRecipe((before) => ({ ...before, sample: { kind: 'all' } })),
    },
  ];
  return (
    <fieldset className="choice" disabled={ownership !== 'owner'}>
      <legend>{words.sampleHeading}</legend>
      {choices.map(({ kind, text, choose }) => (
        <label key={kind} className="choice-line">
          <input type="radio" name={name} checked={sample.kind === kind} onChange={choose} />
          {text}
        </label>
      ))}
    </fieldset>
  );
}
