export { tasks } from './registry';
export type { TaskDefinition } from './task';
export { argmax, softmax } from './single-label-classification/metrics';
