export type { Architecture, DescribedModel, ModelConfig } from './architecture';
export { baseModels, baseModelUrl, defaultBaseModel, findBaseModel, type PackagedBaseModel } from './baseModels';
export { architectures, recognizeModel } from './registry';
export { matchParameters, type LoadedParameters } from './parameters';
export * from './safetensors';
export * from './download';
