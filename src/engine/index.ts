export * from './backend';
export * from './graph/graph';
export { startTfjs, type TfjsStart } from './backends/tfjs/devices';
