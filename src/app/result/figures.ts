/** A report's figures by name, each with its interval, written as the field writes it. */
import { reportMetrics, type Interval, type Report } from '../../domain';
import type { Format } from '../format';

/** 95 %, from the bootstrap; null where there is none. */
export function intervalOf({ intervals }: Report, name: string): Interval {
  return intervals[name] ?? null;
}

/** Shares of rows or words; every other figure is a number of its own. */
const shares = new Set(['accuracy', 'exactMatch', 'tokenAccuracy']);
/** In the target's unit, or its square. */
const sizes = new Set(['meanSquaredError', 'meanAbsoluteError', 'loss']);

/** Three figures that count: 0.614, 12.3, 1,234. */
export function significant(format: Format, value: number): string {
  return format.decimal(value, decimalsOf(value));
}

function decimalsOf(value: number): number {
  const size = Math.floor(Math.log10(Math.abs(value)));
  return Number.isFinite(size) ? Math.min(6, Math.max(0, 2 - size)) : 2;
}

/** How a figure and its interval are written, so that both have as many decimals. */
export function writerOf(name: string, value: number, format: Format): (value: number) => string {
  if (shares.has(name)) return (share) => format.percent(share);
  if (sizes.has(name)) return (size) => format.decimal(size, decimalsOf(value));
  return (score) => format.decimal(score, 2);
}

export interface Figure {
  name: string;
  value: string;
  interval: { low: string; high: string } | null;
}

/** In the report's own order; a figure that has no meaning is a dash. */
export function figuresOf(report: Report, format: Format): Figure[] {
  return Object.entries(reportMetrics(report)).map(([name, value]) => {
    if (value === null) return { name, value: '–', interval: null };
    const write = writerOf(name, value, format);
    const interval = intervalOf(report, name);
    return { name, value: write(value), interval: interval && { low: write(interval[0]), high: write(interval[1]) } };
  });
}
