export { openBaseModel, type BaseModel } from './baseModel';
export { betterCoverage, muchUnknown } from './baseModelChoice';
export { defaultMaxLength, defaultRecipe, defaultTraining } from './defaults';
export { estimateRun, type RunEstimate } from './estimate';
export { findLabelErrors } from './labelErrors';
export { Predictor } from './predictor';
export type { TrainerOptions, TrainingPhase } from './options';
export { train } from './trainer';
