export { openBaseModel, type BaseModel } from './baseModel';
export { defaultMaxLength, defaultRecipe, defaultTraining } from './defaults';
export { estimateRun, type RunEstimate } from './estimate';
export { Predictor } from './predictor';
export { train, type TrainerOptions, type TrainingPhase } from './trainer';
