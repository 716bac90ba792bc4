/** Fault 3: what is said of the encoding that a file was read in. */
import type { DialectChoice, EncodingName, ImportNotice } from '../domain';
import type { DetectedEncoding } from './encoding';
import { linesOf, shownLine } from './unreadableLines';

/** As many as can be compared at a glance. */
const comparedLines = 5;
/** Looked through for lines that differ between the encodings. */
const comparedBytes = 262_144;

/** Bytes left standing before the first that reads differently, so that it is in sight on a phone too. */
const leadBytes = 12;

/** The first lines that hold more than ASCII, from a little before it on: only that reads differently. */
function differingLines(bytes: Uint8Array): { begin: string; rest: Uint8Array }[] {
  const lines: { begin: string; rest: Uint8Array }[] = [];
  for (const line of linesOf(bytes.subarray(0, comparedBytes))) {
    const from = line.findIndex((byte) => byte >= 0x80) - leadBytes;
    if (from >= -leadBytes) lines.push({ begin: from > 0 ? '…' : '', rest: line.subarray(Math.max(0, from)) });
    if (lines.length === comparedLines) break;
  }
  return lines;
}

/** Nothing for plain UTF-8; the other likely ones only where the person did not choose already. */
export function encodingNotice(encoding: EncodingName, found: DetectedEncoding, { head, choice }: { head: Uint8Array; choice: DialectChoice }): ImportNotice[] {
  const isFound = encoding === found.encoding && choice.encoding === undefined;
  const close = isFound ? found.close : null;
  if (encoding === 'utf-8' && close === null) return [];
  const others = isFound ? found.others : [];
  if (others.length === 0) return [{ kind: 'encoding', encoding, close }];
  const lines = differingLines(head);
  const samples = [encoding, ...others].map((name) => ({ encoding: name, lines: lines.map(({ begin, rest }) => begin + shownLine(rest, name)) }));
  return [{ kind: 'encoding', encoding, close, others, samples }];
}
