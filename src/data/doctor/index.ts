export { Examined, type TokenFacts } from './examined';
export { shownText } from './personalPatterns';
export { examine } from './examine';
