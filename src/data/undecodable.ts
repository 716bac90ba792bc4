/** Fault 4: which rows overlap bytes that could not be decoded. */
import type { DecodedChunk } from './decode';

/** Marks stretches of text that overlap a stretch of undecodable bytes; both lists are in the order of the text. */
export class UndecodableRanges {
  private ranges: { begin: number; end: number }[] = [];
  private characters = 0;

  add(chunk: DecodedChunk): void {
    for (const { begin, end } of chunk.undecodable) {
      this.ranges.push({ begin: this.characters + begin, end: this.characters + end });
    }
    this.characters += chunk.text.length;
  }

  touches(stretch: { begin: number; end: number }): boolean {
    while ((this.ranges[0]?.end ?? Infinity) <= stretch.begin) this.ranges.shift();
    return (this.ranges[0]?.begin ?? Infinity) < stretch.end;
  }
}
