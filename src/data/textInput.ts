/** What every text format needs of a file: its encoding, and its text in pieces. */
import { AnnealError, type EncodingName, type ImportNotice } from '../domain';
import { decodeChunks, type DecodedChunk } from './decode';
import { byteOrderMarkLength, type DetectedEncoding } from './encoding';
import { encodingNotice } from './encodingNotice';
import { detectOf, detectWhole } from './encodingScan';
import type { FormatInput } from './formats/format';

/** The head of the file spoke for another encoding than the whole of it: it has to be read anew. */
export class EncodingDoubt extends Error {
  constructor(readonly found: DetectedEncoding) {
    super('another encoding');
  }
}

export interface TextInput {
  encoding: EncodingName;
  hasByteOrderMark: boolean;
  notices: ImportNotice[];
  /** From the start each time. Throws `data.mixed-encoding` and `EncodingDoubt`. */
  chunks(): AsyncGenerator<DecodedChunk>;
  /** The first piece; empty for an empty file. */
  sample: DecodedChunk;
}

export async function openText(input: FormatInput): Promise<TextInput> {
  const { file, head, choice, detected } = input;
  const found = detected ?? (await detectOf(file, head));
  const isGuess = 'isGuess' in found && found.isGuess === true && choice.encoding === undefined;
  const encoding = choice.encoding ?? found.encoding;

  async function* chunks(): AsyncGenerator<DecodedChunk> {
    try {
      yield* decodeChunks(file, encoding, choice.mixedEncoding);
    } catch (thrown) {
      if (!isGuess || !(thrown instanceof AnnealError) || thrown.code !== 'data.mixed-encoding') throw thrown;
      const whole = await detectWhole(file);
      throw whole.encoding === encoding ? thrown : new EncodingDoubt(whole);
    }
  }

  const none: DecodedChunk = { text: '', bytesRead: 0, last: true, undecodable: [] };
  const first = await chunks().next();
  return {
    encoding,
    hasByteOrderMark: byteOrderMarkLength(head, encoding) > 0,
    notices: encodingNotice(encoding, found, input),
    chunks,
    sample: first.done === true ? none : first.value,
  };
}
