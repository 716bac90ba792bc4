/** A file of bytes that grows by whole pieces and is read anywhere, at once and not by promise. */
export interface Pieces {
  readonly size: number;
  /** Adds to the end and answers where. The bytes are handed over: nobody writes to them any more. @throws AnnealError `storage.full` */
  append(bytes: Uint8Array): number;
  /** The caller may keep the answer, and must not write to it. @throws AnnealError `storage.damaged` past the end */
  read(begin: number, length: number): Uint8Array;
  /** Empty again: what was appended is not needed after all. */
  clear(): void;
}
