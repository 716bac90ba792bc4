/** The findings, in the order in which a person reads them. To add one: its file and a line here. */
import type { FindingId } from '../../domain';
import type { FindingCheck } from './check';
import { conflicts } from './conflicts';
import { cutTexts } from './cutTexts';
import { duplicates } from './duplicates';
import { fewNumbers } from './fewNumbers';
import { imbalance } from './imbalance';
import { labelLikeId } from './labelLikeId';
import { labelTwins } from './labelTwins';
import { leaks } from './leaks';
import { missingFromSide } from './missingFromSide';
import { outliers } from './outliers';
import { personalData } from './personalData';
import { rareClasses } from './rareClasses';
import { shortTexts } from './shortTexts';
import { spreadsheetCut } from './spreadsheetCut';
import { spreadsheetLabels } from './spreadsheetLabels';
import { unknownTokens } from './unknownTokens';

/** By id, so that a finding without its check does not compile. */
export const checks: { readonly [Id in FindingId]: FindingCheck<Id> } = {
  'label-like-id': labelLikeId,
  'spreadsheet-labels': spreadsheetLabels,
  'label-twins': labelTwins,
  leaks,
  conflicts,
  duplicates,
  'short-texts': shortTexts,
  'spreadsheet-cut': spreadsheetCut,
  'personal-data': personalData,
  outliers,
  'few-numbers': fewNumbers,
  'missing-from-side': missingFromSide,
  'rare-classes': rareClasses,
  imbalance,
  'cut-texts': cutTexts,
  'unknown-tokens': unknownTokens,
};
