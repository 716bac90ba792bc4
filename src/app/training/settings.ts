/** The settings a person can change: where each stands in the recipe, and how it is written and read. */
import { settingBounds, type Recipe } from '../../domain';

export type SettingName = keyof typeof settingBounds;

export const settingNames: readonly SettingName[] = [
  'numTrainEpochs',
  'learningRate',
  'perDeviceTrainBatchSize',
  'maxLength',
  'seed',
  'validationFraction',
  'testFraction',
];

const isShare = (name: SettingName): name is 'validationFraction' | 'testFraction' =>
  name === 'validationFraction' || name === 'testFraction';

export function readSetting(recipe: Recipe, name: SettingName): number {
  return isShare(name) ? recipe.split[name] : recipe.training[name];
}

export function withSetting(recipe: Recipe, name: SettingName, value: number): Recipe {
  return isShare(name)
    ? { ...recipe, split: { ...recipe.split, [name]: value } }
    : { ...recipe, training: { ...recipe.training, [name]: value } };
}

/** Shares are written as percentages, small rates with an exponent. */
export function writeSetting(name: SettingName, value: number): string {
  if (isShare(name)) return `${Number((value * 100).toFixed(2))}%`;
  if (name === 'learningRate' && value < 0.01) return value.toExponential();
  return String(value);
}

/** Null where the text is no value within the bounds. */
export function parseSetting(name: SettingName, text: string): number | null {
  const plain = text.trim().replace(',', '.').replace(/[%％]$/, '').trim();
  if (plain === '') return null;
  const number = Number(plain);
  if (!Number.isFinite(number)) return null;
  // A rounded quotient, so that 10 % is 0.1 and not 0.10000000000000001.
  const value = isShare(name) ? Number((number / 100).toFixed(6)) : number;
  const { minimum, maximum, integer } = settingBounds[name];
  if (value < minimum || value > maximum || (integer && !Number.isInteger(value))) return null;
  return value;
}
