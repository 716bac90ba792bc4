/** The findings, in the order in which a person reads them. To add one: its file and a line here. */
import type { FindingId } from '../../domain';
import type { FindingCheck } from './check';
import { conflicts } from './conflicts';
import { cutTexts } from './cutTexts';
import { duplicates } from './duplicates';
import { imbalance } from './imbalance';
import { labelLikeId } from './labelLikeId';
import { labelTwins } from './labelTwins';
import { leaks } from './leaks';
import { missingFromSide } from './missingFromSide';
import { personalData } from './personalData';
import { rareClasses } from './rareClasses';
import { shortTexts } from './shortTexts';
import { unknownTokens } from './unknownTokens';

/** By id, so that a finding without its check does not compile. */
export const checks: { readonly [Id in FindingId]: FindingCheck<Id> } = {
  'label-like-id': labelLikeId,
  'label-twins': labelTwins,
  leaks,
  conflicts,
  duplicates,
  'short-texts': shortTexts,
  'personal-data': personalData,
  'missing-from-side': missingFromSide,
  'rare-classes': rareClasses,
  imbalance,
  'cut-texts': cutTexts,
  'unknown-tokens': unknownTokens,
};
