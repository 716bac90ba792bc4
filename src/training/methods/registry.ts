/** Every tuning method, one line each. */
import type { Recipe } from '../../domain';
import { full } from './full';
import type { TuningMethod } from './method';

export const tuningMethods: Record<Recipe['method'], TuningMethod> = { full };
