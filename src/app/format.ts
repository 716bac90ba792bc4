/** Figures as people of one language write them. All of them go through `Intl`. */
import type { Language } from './store/persisted';

export interface Format {
  number: (value: number) => string;
  /** A figure with a fixed number of decimals, for losses and scores. */
  decimal: (value: number, digits?: number) => string;
  /** With so many decimals at most, and none that are 0. */
  upTo: (value: number, digits: number) => string;
  /** A share of 1 as a percentage. */
  percent: (share: number, digits?: number) => string;
  bytes: (count: number) => string;
  /** "40 s", "6 min", "1 h 20 min": never finer than a person needs. */
  duration: (seconds: number) => string;
  list: (items: readonly string[]) => string;
  /** The day of a time in milliseconds since 1970, as it is in UTC. */
  date: (time: number) => string;
  /** A learning rate as people write it: 2e-5. */
  rate: (value: number) => string;
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'];

function makeFormat(language: Language): Format {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const percentGap = language === 'zh' ? '' : '\u00a0';
  const hour = language === 'zh' ? '小时' : 'h';
  const minute = language === 'zh' ? '分钟' : 'min';
  const second = language === 'zh' ? '秒' : 's';
  const lists = new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const decimal = (value: number, digits = 2) =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

  return {
    number: (value) => whole.format(value),
    decimal,
    upTo: (value, digits) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value),
    percent: (share, digits = 0) => `${decimal(share * 100, digits)}${percentGap}%`,
    bytes: (count) => {
      const power = Math.min(byteUnits.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3));
      const value = count / 1000 ** power;
      return `${decimal(value, power > 0 && value < 10 ? 1 : 0)}\u00a0${byteUnits[power]}`;
    },
    duration: (seconds) => {
      if (seconds < 59.5) return `${whole.format(Math.max(1, Math.round(seconds)))}\u00a0${second}`;
      const minutes = Math.round(seconds / 60);
      if (minutes < 60) return `${whole.format(minutes)}\u00a0${minute}`;
      const hours = Math.floor(minutes / 60);
      const rest = Math.round((minutes % 60) / 5) * 5;
      if (hours >= 10 || rest === 0) return `${whole.format(Math.round(minutes / 60))}\u00a0${hour}`;
      return rest === 60 ? `${whole.format(hours + 1)}\u00a0${hour}` : `${hours}\u00a0${hour}\u00a0${rest}\u00a0${minute}`;
    },
    list: (items) => lists.format(items),
    date: (time) => dates.format(time),
    rate: (value) => (value >= 0.01 || value === 0 ? String(Number(value.toPrecision(3))) : value.toExponential().replace(/(\.\d\d)\d+/, '$1')),
  };
}

const formats: Record<Language, Format> = { en: makeFormat('en'), zh: makeFormat('zh') };

export function formatFor(language: Language): Format {
  return formats[language];
}
