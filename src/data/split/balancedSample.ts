/** The balanced sample of the training side. */
import { seededPermutation } from '../../domain';

/** A stream of the generator of its own, so that the sample does not follow the split. */
const sampleStream = 0x53414d50;

/** Rows of each label when at most `limit` are shared out as evenly as the labels' own rows allow. */
function evenQuotas(counts: ReadonlyMap<number, number>, limit: number): Map<number, number> {
  const quotas = new Map<number, number>();
  const bySize = [...counts].sort(([leftLabel, left], [rightLabel, right]) => left - right || leftLabel - rightLabel);
  let left = limit;
  bySize.forEach(([label, count], index) => {
    const quota = Math.min(count, Math.floor(left / (bySize.length - index)));
    quotas.set(label, quota);
    left -= quota;
  });
  return quotas;
}

/** Which rows a balanced sample of at most `limit` keeps; seeded, and in it every label that the limit has room for. */
export function balancedSample(labels: readonly number[], limit: number, seed: number): boolean[] {
  if (labels.length <= limit) return labels.map(() => true);
  const rowsOf = new Map<number, number[]>();
  labels.forEach((label, row) => {
    const rows = rowsOf.get(label);
    if (rows === undefined) rowsOf.set(label, [row]);
    else rows.push(row);
  });
  const quotas = evenQuotas(new Map([...rowsOf].map(([label, rows]) => [label, rows.length])), limit);
  const kept = new Array<boolean>(labels.length).fill(false);
  for (const [label, rows] of rowsOf) {
    const order = seededPermutation(rows.length, seed, sampleStream + label);
    for (const index of order.subarray(0, quotas.get(label) ?? 0)) kept[rows[index] ?? 0] = true;
  }
  return kept;
}
