export { Examined, type TokenFacts } from './examined';
export { examine } from './examine';
