/** Two texts a row, `[CLS] first [SEP] second [SEP]`: classified (does one follow from the other) or scored (how alike). */
import { scoring } from '../regression';
import { classification } from '../single-label-classification';

export const textPairClassification = classification('text-pair-classification');
export const textPairRegression = scoring('text-pair-regression');
