export * from './backend';
export type { CheckResult, WrongKernel } from './check/result';
export * from './graph/graph';
export { startEngine, type BrowserStart } from './browser';
export { OutOfDeviceMemory } from './backends/executor';
