export * from './errors';
export * from './table';
export * from './recipe';
export * from './dataset';
export * from './events';
export * from './report';
export * from './philox';
export * from './philoxNormal';
