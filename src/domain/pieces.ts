/** A file of bytes that grows by whole pieces and is read anywhere, at once and not by promise. */
export interface Pieces {
  readonly size: number;
  /** Adds to the end and answers where. The bytes are handed over: nobody writes to them any more. @throws AnnealError `storage.full` */
  append(bytes: Uint8Array): number;
  /**
   * The caller must not write to the answer, and may keep it as long as it does not give its room away again.
   * @param room may be used for the answer where it is large enough: whoever reads much would leave as much to collect
   * @throws AnnealError `storage.damaged` past the end
   */
  read(begin: number, length: number, room?: Uint8Array<ArrayBuffer>): Uint8Array;
  /** Empty again: what was appended is not needed after all. */
  clear(): void;
}
