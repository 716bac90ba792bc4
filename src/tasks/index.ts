export { countedLogits, examplesOf } from './answered';
export { tasks } from './registry';
export type { Answered, ReportParts, TaskDefinition, TaskFacts } from './task';
export { argmax, softmax } from './single-label-classification/metrics';
export { entitiesOf, type Entity } from './token-classification/metrics';
export { sigmoid } from './multi-label-classification/metrics';
