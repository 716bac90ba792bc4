/**
 * The rules of the safetensors format that a file can break (fault 22), and its limits and dtypes.
 *
 * Source: "Format" in the README of github.com/huggingface/safetensors and the checks of its Rust reader: u64
 * little-endian header length N, N bytes of UTF-8 JSON that begin with `{` and may end in spaces, then one buffer that
 * the tensors cover without overlap or gap. Duplicate names are forbidden; `__metadata__` maps strings to strings.
 */
import { AnnealError, type ErrorFacts } from '../../domain';

export type SafetensorsRule =
  /** What the bytes are instead of a safetensors file. */
  | 'empty-file'
  | 'lfs-pointer'
  | 'pickle'
  | 'zip'
  | 'web-page'
  /** The header as a whole. */
  | 'too-short'
  | 'header-too-large'
  | 'header-past-end'
  | 'header-start'
  | 'header-not-utf8'
  | 'header-not-json'
  | 'duplicate-name'
  | 'bad-metadata'
  | 'too-many-tensors'
  /** One tensor's entry. */
  | 'bad-entry'
  | 'unknown-dtype'
  | 'bad-shape'
  | 'shape-overflow'
  | 'negative-offset'
  | 'reversed-offsets'
  | 'past-end'
  | 'wrong-size'
  /** Entries against each other and against the buffer. */
  | 'overlap'
  | 'gap'
  | 'uncovered-end'
  /** Asked of weights only, when they are read. */
  | 'unsupported-dtype'
  | 'non-finite';

/** Bytes; the limit of the reference reader. */
export const MAXIMUM_HEADER_BYTES = 100_000_000;
/** A BERT has a few hundred; more than this is an attack or no model for a browser. */
export const MAXIMUM_TENSORS = 100_000;
/** Dimensions of one tensor. */
export const MAXIMUM_RANK = 32;

/** Bytes a value, by dtype name. Types smaller than a byte are left out: no BERT is stored in them. */
export const dtypeBytes = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E5M2: 1,
  F8_E4M3: 1,
  U16: 2,
  I16: 2,
  F16: 2,
  BF16: 2,
  U32: 4,
  I32: 4,
  F32: 4,
  U64: 8,
  I64: 8,
  F64: 8,
} as const;

export type SafetensorsDtype = keyof typeof dtypeBytes;

export function isSafetensorsDtype(name: string): name is SafetensorsDtype {
  // Not `in`: that would also find `toString` and `__proto__`.
  return Object.hasOwn(dtypeBytes, name);
}

export type BrokenRuleFacts = Omit<ErrorFacts['model.bad-file'], 'file' | 'rule'>;

/** A hostile name can be as long as the header; a message shows its beginning. */
const LONGEST_SHOWN_NAME = 200;

/** The error for one broken rule, to be thrown by the caller. */
export function brokenRule(file: string, rule: SafetensorsRule, facts: BrokenRuleFacts = {}): AnnealError {
  const shown = { ...facts };
  if (shown.tensor !== undefined) shown.tensor = shown.tensor.slice(0, LONGEST_SHOWN_NAME);
  if (shown.other !== undefined) shown.other = shown.other.slice(0, LONGEST_SHOWN_NAME);
  return new AnnealError('model.bad-file', { file, rule, ...shown });
}
