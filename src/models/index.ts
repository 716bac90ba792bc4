export type { Architecture, DescribedModel, ModelConfig } from './architecture';
export { architectures, recognizeModel } from './registry';
export { matchParameters, type LoadedParameters } from './parameters';
export * from './safetensors';
export * from './download';
