/** When a row is from: what dates and times look like in tables, read without a time zone's guess (UTC). */
import type { DateOrder } from '../../domain';
import { trimInvisible } from '../cells';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** 2024-03-05, 2024/3/5, 2024.03.05, with or without a time. */
const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T\s]\s*(.+))?$/;
const yearAndMonth = /^(\d{4})[-/.](\d{1,2})$/;
/** 2024年3月5日, without its day too. */
const chinese = /^(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号號]?)?\s*(.*)$/;
/** 5/3/2024, 05.03.2024, 5-3-2024: day or month first. */
const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[T\s,]\s*(.+))?$/;
/** 5 March 2024, Tue, 5 Mar 2024 10:00:00 GMT */
const dayName = /^(?:[a-z]{3,9},?\s+)?(\d{1,2})[\s-]([a-z]{3,9})\.?,?[\s-](\d{4})(?:,?\s+(.+))?$/i;
/** March 5, 2024 */
const nameDay = /^(?:[a-z]{3,9},?\s+)?([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})(?:,?\s+(.+))?$/i;
/** Tue Mar 05 10:00:00 +0000 2024; a zone's letters are not read. */
const yearAtEnd = /^[a-z]{3}\s+([a-z]{3})\s+(\d{1,2})\s+(\d{1,2}:\d{2}:\d{2})\s+(?:([+-]\d{4})|[a-z]{2,5})\s+(\d{4})$/i;

const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(am|pm)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$/i;
const chineseClock = /^(\d{1,2})\s*[时時点點](?:\s*(\d{1,2})\s*分)?(?:\s*(\d{1,2})\s*秒)?$/;

/** Milliseconds after midnight (UTC); null for what is no time of day. */
function timeOfDay(text: string | undefined): number | null {
  if (text === undefined || text === '') return 0;
  const spoken = chineseClock.exec(text);
  const found = spoken ?? clock.exec(text);
  if (found === null) return null;
  const [, hours = '', minutes = '0', seconds = '0', part = '0', half, zone] = found;
  let hour = Number(hours);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  }
  if (hour > 24 || Number(minutes) > 59 || Number(seconds) > 60) return null;
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '');
  const shift = offset === null ? 0 : (Number(offset[2]) * 60 + Number(offset[3])) * (offset[1] === '-' ? -1 : 1);
  return ((hour * 60 + Number(minutes) - shift) * 60 + Number(seconds)) * 1000 + Math.floor(Number(`0.${part}`) * 1000);
}

function moment(year: string, month: number, day: number, time: string | undefined): number | null {
  const date = new Date(Date.UTC(Number(year), month - 1, day));
  // 31 February becomes 2 March: no such day.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const ofDay = timeOfDay(time?.trim());
  return ofDay === null ? null : date.getTime() + ofDay;
}

function monthNamed(name: string): number | null {
  const index = months.indexOf(name.slice(0, 3).toLowerCase());
  return index < 0 ? null : index + 1;
}

/** A year, a date without signs, or seconds or milliseconds since 1970: told apart by how many digits there are. */
function readDigits(digits: string): number | null {
  const whole = digits.replace(/\.\d*$/, '');
  if (/^[12]\d{3}$/.test(digits)) return moment(digits, 1, 1, '');
  if (/^[12]\d{7}$/.test(digits)) return moment(digits.slice(0, 4), Number(digits.slice(4, 6)), Number(digits.slice(6, 8)), '');
  if (whole.length >= 9 && whole.length <= 11) return Math.round(Number(digits) * 1000);
  return whole.length >= 12 && whole.length <= 14 ? Number(digits) : null;
}

/** Milliseconds since 1970; null for what is no date. @param order of day and month where the year comes last */
export function readTime(cell: string, order: DateOrder): number | null {
  const text = trimInvisible(cell).normalize('NFKC');
  if (text.length > 60) return null;
  if (/^\d+(?:\.\d+)?$/.test(text)) return readDigits(text);
  let found = yearFirst.exec(text);
  if (found) return moment(found[1] ?? '', Number(found[3]), Number(found[4]), found[5]);
  found = chinese.exec(text);
  if (found) return moment(found[1] ?? '', Number(found[2]), Number(found[3] ?? 1), found[4]);
  found = yearLast.exec(text);
  if (found) {
    const [first, second] = [Number(found[1]), Number(found[3])];
    return order === 'day-month' ? moment(found[4] ?? '', second, first, found[5]) : moment(found[4] ?? '', first, second, found[5]);
  }
  found = yearAndMonth.exec(text);
  if (found) return moment(found[1] ?? '', Number(found[2]), 1, '');
  found = yearAtEnd.exec(text);
  if (found) return moment(found[5] ?? '', monthNamed(found[1] ?? '') ?? 0, Number(found[2]), `${found[3]}${found[4] ?? ''}`);
  found = dayName.exec(text);
  if (found) return moment(found[3] ?? '', monthNamed(found[2] ?? '') ?? 0, Number(found[1]), found[4]);
  found = nameDay.exec(text);
  return found ? moment(found[3] ?? '', monthNamed(found[1] ?? '') ?? 0, Number(found[2]), found[4]) : null;
}

/** In what order a column's cells say day and month. */
export interface DateReading {
  /** Null where no cell leaves it open. */
  order: DateOrder | null;
  /** No cell tells: the day is taken to come first unless it is chosen otherwise. */
  ambiguous: boolean;
}

/** A cell with 13 or more in one place tells for the whole column; with points between them the day comes first. */
export function dateOrderOf(cells: Iterable<string>): DateReading {
  let open = 0;
  let dayFirst = 0;
  let monthFirst = 0;
  for (const cell of cells) {
    const found = yearLast.exec(trimInvisible(cell).slice(0, 60).normalize('NFKC'));
    if (found === null) continue;
    const [first, second] = [Number(found[1]), Number(found[3])];
    if (first > 12 || found[2] === '.') dayFirst += 1;
    else if (second > 12) monthFirst += 1;
    else if (first !== second) open += 1;
  }
  if (open + dayFirst + monthFirst === 0) return { order: null, ambiguous: false };
  return { order: monthFirst > dayFirst ? 'month-day' : 'day-month', ambiguous: dayFirst === 0 && monthFirst === 0 };
}
