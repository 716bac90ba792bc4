/** Every task, one line each. */
import type { Recipe } from '../domain';
import { singleLabelClassification } from './single-label-classification';
import type { TaskDefinition } from './task';

export const tasks: Record<Recipe['task'], TaskDefinition> = {
  'single-label-classification': singleLabelClassification,
};
