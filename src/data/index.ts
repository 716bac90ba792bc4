/** Bytes to tables, tables to the rows a task learns from. */
export { importTable, readTable, type FirstRows, type ImportOptions, type ImportProgress } from './importTable';
export { type FileBytes, type FileSource } from './fileSource';
export { CellWriter, StoredCells, type CellChunk } from './storedCells';
export { MemoryPieces } from './memoryPieces';
export { importFolder, type FolderFile } from './importFolder';
export { guessColumns, type ColumnCandidate, type ColumnGuess } from './guessColumns';
export { guessTask, type TaskGuess, type TaskReason } from './guessTask';
export { guessSplit } from './split/guessSplit';
export { wordsOf } from './targetCells';
export { prepareDataset } from './prepareDataset';
export { plainExample } from './preparedRow';
export type { Pause } from './pause';
export type { LongRows } from './groupedRows';
export { groupCopies } from './copies';
export { applyFixes } from './fixes';
export { fixesWith, readRowLabel, type Relabelling } from './rowLabel';
export { detectEncoding, type DetectedEncoding } from './encoding';
export { examine, Examined, shownText, type TokenFacts } from './doctor';
