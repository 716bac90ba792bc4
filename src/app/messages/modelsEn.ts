/** The base models in the box, and why one was taken, in English. `modelsZh.ts` has the same keys. */
import type { ModelCoverage } from '../../domain';
import { formatFor } from '../format';

const { number, percent } = formatFor('en');

/** By ISO 639-1 code. */
const languages: Record<string, string> = { en: 'English', zh: 'Chinese' };

/** Shares near nothing are written so that they do not look like a promise of none. */
const share = (value: number) => (value > 0 && value < 0.001 ? `under ${percent(0.001, 1)}` : percent(value, value < 0.1 ? 1 : 0));

export const modelsEn = {
  setting: 'Base model',
  settingNote: 'What training starts from. Each was made for a language of its own.',
  /** In a list. */
  option: (baseModel: string, codes: readonly string[]) => `${codes.map((code) => languages[code] ?? code).join(', ')}: ${baseModel}`,
  /** @param parameters numbers in its weights */
  size: (layers: number, parameters: number) => `This one has ${number(layers)} layers and ${number(Math.round(parameters / 1e6))} million parameters.`,
  why: (chosen: ModelCoverage, worse: ModelCoverage) =>
    `${chosen.baseModel} was chosen because it knows these texts: ${share(chosen.unknownTokenShare)} of their tokens are unknown to it, ${share(worse.unknownTokenShare)} to ${worse.baseModel}.`,
  unknown: (own: ModelCoverage, better: ModelCoverage | null) =>
    better === null
      ? `${share(own.unknownTokenShare)} of the tokens are unknown to ${own.baseModel}; expect less from it on these texts.`
      : `${share(own.unknownTokenShare)} of the tokens are unknown to ${own.baseModel}, but only ${share(better.unknownTokenShare)} to ${better.baseModel}, which will do better on these texts.`,
  take: (baseModel: string) => `Start from ${baseModel}`,
};

export type ModelMessages = typeof modelsEn;
