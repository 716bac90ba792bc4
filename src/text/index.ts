export { TextTokenizer, longestFirst, type EncodedText } from './tokenizer';
export { bucketLength, epochBatches, evaluationBatches, padBatch, paddedLength, type EncodedRow, type PaddedBatch } from './batches';
export { percentile } from './percentile';
export { splitWords, type WordRange } from './words';
