/** Round figures along an axis. */
export function niceTicks(largest: number, most = 4, whole = false): number[] {
  if (!(largest > 0)) return [0, 1];
  const rough = largest / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999) ?? rough;
  const size = whole ? Math.max(1, Math.ceil(step)) : step;
  // Rounded, so that 3 x 0.1 is 0.3 on the axis too.
  return Array.from({ length: Math.floor(largest / size + 1e-9) + 1 }, (_, index) => Number((index * size).toPrecision(6)));
}

/** As above, with a last figure at or over the largest value. */
export function ticksOver(largest: number, most = 4): number[] {
  const ticks = niceTicks(largest, most);
  const last = ticks.at(-1) ?? 0;
  const step = ticks[1] ?? 1;
  return last >= largest ? ticks : [...ticks, Number((last + step).toPrecision(6))];
}

/** Round figures with the lowest value at or above the first and the highest at or below the last. */
export function ticksBetween(lowest: number, highest: number, most = 4): number[] {
  if (!Number.isFinite(lowest) || !Number.isFinite(highest)) return [0, 1];
  // Of equal values, some room on both sides.
  const margin = highest > lowest ? 0 : Math.max(Math.abs(highest) / 2, 0.5);
  const [from, to] = [lowest - margin, highest + margin];
  const size = niceTicks(to - from, most)[1] ?? 1;
  const first = Math.floor(from / size + 1e-9);
  const last = Math.ceil(to / size - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * size).toPrecision(6)));
}
