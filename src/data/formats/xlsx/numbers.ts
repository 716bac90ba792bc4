/** Numbers of a spreadsheet as a person sees them: dates are numbers there, told by the format of their cell. */

/** Built-in formats that show a date or a time. */
const builtInDates = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58]);

/** Whether a format shows its number as a date or time. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return builtInDates.has(id);
  // Without what is quoted, escaped or in brackets (colours, conditions, locales), letters of dates are left.
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]/gi, '');
  return /[ymdhs年月日]/i.test(bare) && !/general/i.test(bare);
}

const millisecondsInDay = 86_400_000;

/** Day 60 is the 29th of February 1900, which there never was; days count from 1900 or, in old Mac files, 1904. */
export function dateText(serial: number, from1904: boolean): string | null {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_466) return null;
  const days = from1904 ? serial + 1_462 : serial;
  const epoch = days < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30);
  const iso = new Date(epoch + Math.round(days * millisecondsInDay)).toISOString();
  const time = iso.slice(11, 19);
  if (days < 1 && days > 0) return time;
  return time === '00:00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${time}`;
}

/** A number without the noise of binary fractions in its last digits: 0.1 is stored as 0.10000000000000001. */
export function numberText(value: string): string {
  const number = Number(value);
  return value.trim() === '' || !Number.isFinite(number) ? value : String(number);
}
