/** Any number of labels for two texts: which of several things hold between a question and an answer, say. */
import { labelling } from '../multi-label-classification';

export const textPairMultiLabelClassification = labelling('text-pair-multi-label-classification');
