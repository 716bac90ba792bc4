/** Values of Parquet columns as cells. */
import type { ParquetParsers, SchemaElement } from 'hyparquet';

/** A text whose bytes are not UTF-8; shown with U+FFFD, never used. */
export class UndecodableText {
  constructor(readonly shown: string) {}
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lossy = new TextDecoder('utf-8', { ignoreBOM: true });

function textOf(bytes: Uint8Array | undefined): unknown {
  if (bytes === undefined) return undefined;
  try {
    return strict.decode(bytes);
  } catch {
    return new UndecodableText(lossy.decode(bytes));
  }
}

/** Date and time with as many digits of a second as there are. */
function timeText(value: bigint | number, perSecond: number): string {
  const ticks = BigInt(value);
  const unit = BigInt(perSecond);
  const seconds = (ticks - (((ticks % unit) + unit) % unit)) / unit;
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return String(value);
  const rest = (ticks - seconds * unit).toString().padStart(String(perSecond).length - 1, '0').replace(/0+$/, '');
  return `${date.toISOString().slice(0, 19)}${rest === '' ? '' : `.${rest}`}Z`;
}

/** The library's own would round times to milliseconds and replace bytes that are no text. */
export const parsers = {
  stringFromBytes: textOf,
  jsonFromBytes: textOf,
  timestampFromMilliseconds: (value: bigint) => timeText(value, 1_000),
  timestampFromMicroseconds: (value: bigint) => timeText(value, 1_000_000),
  timestampFromNanoseconds: (value: bigint) => timeText(value, 1_000_000_000),
  dateFromDays: (days: number) => timeText(Number.isInteger(days) ? days * 86_400 : 0, 1).slice(0, 10),
} as unknown as Partial<ParquetParsers>;

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The shortest decimal that gives the same single-precision number: 0.1, not 0.10000000149011612. */
function singleText(value: number): string {
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}

function plainValue(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Uint8Array) return hex(value);
  return value instanceof UndecodableText ? value.shown : value;
}

function numberText(value: number, element: SchemaElement | undefined): string {
  if (element?.converted_type === 'DECIMAL' && Math.abs(value) < 1e21) return value.toFixed(Math.min(20, Math.max(0, element.scale ?? 0)));
  return element?.type === 'FLOAT' ? singleText(value) : String(value);
}

export function cellOf(value: unknown, element: SchemaElement | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value, element);
  if (value instanceof Uint8Array) return hex(value);
  if (value instanceof UndecodableText) return value.shown;
  return typeof value === 'object' ? JSON.stringify(value, plainValue) : String(value);
}
