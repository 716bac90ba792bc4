/** The safetensors file format: read as hostile input, written as the reference writer does. */
export { brokenRule, dtypeBytes, MAXIMUM_HEADER_BYTES, MAXIMUM_TENSORS, type SafetensorsDtype, type SafetensorsRule } from './rules';
export {
  readSafetensorsHeader,
  readTensor,
  readTensors,
  safetensorsHeaderEnd,
  type SafetensorsHeader,
  type Tensor,
  type TensorEntry,
} from './reader';
export { MAXIMUM_CHUNK_BYTES, safetensorsChunks, writeSafetensors } from './writer';
export { decodeBrainHalf, decodeHalf, floatToHalfBits, halfBitsToFloatBits } from './half';
