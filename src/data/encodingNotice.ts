/** Fault 3: what is said of the encoding that a file was read in. */
import type { EncodingName, ImportNotice } from '../domain';
import type { DetectedEncoding } from './encoding';

/** Nothing for plain UTF-8; the other likely ones only where the person did not choose already. */
export function encodingNotice(encoding: EncodingName, found: DetectedEncoding): ImportNotice[] {
  const isFound = encoding === found.encoding;
  const close = isFound ? found.close : null;
  if (encoding === 'utf-8' && close === null) return [];
  const others = isFound ? found.others : [];
  return [{ kind: 'encoding', encoding, close, ...(others.length > 0 && { others }) }];
}
