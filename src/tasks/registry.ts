/** Every task, one line each. */
import type { TaskId } from '../domain';
import { multiLabelClassification } from './multi-label-classification';
import { regression } from './regression';
import { singleLabelClassification } from './single-label-classification';
import type { TaskDefinition } from './task';
import { textPairMultiLabelClassification } from './text-pair-multi-label';
import { textPairClassification, textPairRegression } from './text-pairs';
import { tokenClassification } from './token-classification';

export const tasks: Record<TaskId, TaskDefinition> = {
  'single-label-classification': singleLabelClassification,
  'text-pair-classification': textPairClassification,
  'text-pair-regression': textPairRegression,
  regression,
  'multi-label-classification': multiLabelClassification,
  'text-pair-multi-label-classification': textPairMultiLabelClassification,
  'token-classification': tokenClassification,
};
