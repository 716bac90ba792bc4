export * from './backend';
export * from './graph/graph';
export { startEngine, type BrowserStart } from './browser';
