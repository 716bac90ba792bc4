/** Fault 3: what is said of the encoding that a file was read in. */
import type { DialectChoice, EncodingName, ImportNotice } from '../domain';
import type { DetectedEncoding } from './encoding';
import { byteLines, shownLine } from './unreadableLines';

/** As many as can be compared at a glance. */
const comparedLines = 5;
/** Looked through for lines that differ between the encodings. */
const comparedBytes = 262_144;

/** The first lines that hold more than ASCII: only they read differently. */
function differingLines(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (const line of byteLines(bytes.subarray(0, comparedBytes))) {
    if (line.some((byte) => byte >= 0x80)) lines.push(line);
    if (lines.length === comparedLines) break;
  }
  return lines;
}

/** Nothing for plain UTF-8; the other likely ones only where the person did not choose already. */
export function encodingNotice(encoding: EncodingName, found: DetectedEncoding, { bytes, choice }: { bytes: Uint8Array; choice: DialectChoice }): ImportNotice[] {
  const isFound = encoding === found.encoding && choice.encoding === undefined;
  const close = isFound ? found.close : null;
  if (encoding === 'utf-8' && close === null) return [];
  const others = isFound ? found.others : [];
  if (others.length === 0) return [{ kind: 'encoding', encoding, close }];
  const lines = differingLines(bytes);
  const samples = [encoding, ...others].map((name) => ({ encoding: name, lines: lines.map((line) => shownLine(line, name)) }));
  return [{ kind: 'encoding', encoding, close, others, samples }];
}
