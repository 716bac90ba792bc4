/**
 * GB18030 against Windows-1252, by what the high bytes look like in each.
 *
 * Chinese text: pairs of high bytes that are common Han characters or full-width punctuation, in runs that seldom touch
 * an ASCII letter. Latin text: single high bytes, or two, inside or beside words of ASCII letters.
 */

export interface EncodingScore {
  likely: 'gb18030' | 'windows-1252';
  /** The other one where the evidence does not decide clearly. */
  close: 'gb18030' | 'windows-1252' | null;
  /** Enough clear evidence that a stray wrong byte is damage, not a sign of another encoding. */
  sure: boolean;
}

/** Evidence beyond this changes nothing and only costs time in a large file. */
const enoughEvidence = 200_000;

function isAsciiLetter(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a));
}

/** GB2312 rows 16-55 (the 3,755 commonest characters) and rows 1-3 (punctuation, full-width forms). */
function isCommonPair(lead: number, trail: number): boolean {
  if (trail < 0xa1 || trail > 0xfe) return false;
  return (lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3);
}

function isFourByteCode(bytes: Uint8Array, position: number): boolean {
  const [, second = 0, third = 0, fourth = 0] = bytes.subarray(position, position + 4);
  return second >= 0x30 && second <= 0x39 && third >= 0x81 && third <= 0xfe && fourth >= 0x30 && fourth <= 0x39;
}

/** Scores the bytes of `bytes` that are not ASCII. Linear in the number of bytes. */
export function scoreEncodings(bytes: Uint8Array): EncodingScore {
  let chinese = 0;
  let latin = 0;
  let position = 0;
  while (position < bytes.length && chinese + latin < enoughEvidence) {
    if ((bytes[position] ?? 0) < 0x80) {
      position += 1;
      continue;
    }
    const begin = position;
    let common = 0;
    let uncommon = 0;
    while (position < bytes.length && (bytes[position] ?? 0) >= 0x80) {
      const lead = bytes[position] ?? 0;
      const trail = bytes[position + 1] ?? 0;
      if (isFourByteCode(bytes, position)) position += 4;
      else if (isCommonPair(lead, trail)) {
        common += 1;
        position += 2;
      } else if (lead >= 0x81 && lead <= 0xfe && trail >= 0x80 && trail <= 0xfe && position + 1 < bytes.length) {
        uncommon += 1;
        position += 2;
      } else {
        // A high byte before an ASCII one: a rare Han character at best.
        uncommon += 1;
        position += 1;
      }
    }
    const length = position - begin;
    const besideLetter = isAsciiLetter(bytes[begin - 1]) || isAsciiLetter(bytes[position]);
    if (length === 1) latin += 1;
    else if (length <= 3 && besideLetter) latin += common + uncommon;
    else {
      chinese += common;
      latin += uncommon;
    }
  }
  const total = chinese + latin;
  const share = total === 0 ? 0 : chinese / total;
  const likely = share >= 0.7 ? 'gb18030' : 'windows-1252';
  const other = likely === 'gb18030' ? 'windows-1252' : 'gb18030';
  const unclear = total > 0 && ((share > 0.4 && share < 0.9) || (total <= 2 && share > 0));
  return { likely, close: unclear ? other : null, sure: total >= 20 && (share >= 0.9 || share <= 0.1) };
}
