/** Wilson's score interval for a share of `right` in `rows` (Wilson, 1927), at 95 %. */
export function wilsonInterval(right: number, rows: number): [number, number] {
  if (rows === 0) return [0, 1];
  const z = 1.959963984540054;
  const share = right / rows;
  const centre = share + (z * z) / (2 * rows);
  const margin = z * Math.sqrt((share * (1 - share)) / rows + (z * z) / (4 * rows * rows));
  const scale = 1 + (z * z) / rows;
  return [Math.max(0, (centre - margin) / scale), Math.min(1, (centre + margin) / scale)];
}
