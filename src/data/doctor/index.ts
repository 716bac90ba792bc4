export { Examined, type TokenFacts } from './examined';
export { maskPersonal } from './personalPatterns';
export { examine } from './examine';
