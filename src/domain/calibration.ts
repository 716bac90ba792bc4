/** Whether a score of 0.8 is right in 8 of 10: reliability bins and expected calibration error. */

export interface CalibrationBin {
  /** Scores above `from` up to and with `to`; 0 belongs to the first bin. */
  from: number;
  to: number;
  /** Answers in the bin; for several labels a row, or a tag a word, there are more of them than rows. */
  rows: number;
  /** Means over the bin; null where it is empty. */
  confidence: number | null;
  accuracy: number | null;
}

export interface Calibration {
  /** Mean distance of confidence and accuracy over the bins, each weighed by its answers; 0 to 1, 0 of no answers. */
  expectedCalibrationError: number;
  bins: CalibrationBin[];
}

const BINS = 10;

/**
 * Bins of equal width over scores in [0, 1] (Guo et al., "On calibration of modern neural networks", 2017).
 *
 * @param scores one an answer
 * @param right whether that answer was so; as many
 */
export function calibrationOf(scores: ArrayLike<number>, right: ArrayLike<boolean>): Calibration {
  const counts = new Float64Array(BINS);
  const sums = new Float64Array(BINS);
  const rights = new Float64Array(BINS);
  for (let index = 0; index < scores.length; index += 1) {
    const score = scores[index] ?? 0;
    const bin = Math.min(BINS - 1, Math.max(0, Math.ceil(score * BINS) - 1));
    counts[bin] = (counts[bin] ?? 0) + 1;
    sums[bin] = (sums[bin] ?? 0) + score;
    rights[bin] = (rights[bin] ?? 0) + (right[index] === true ? 1 : 0);
  }
  const bins = Array.from({ length: BINS }, (_, index): CalibrationBin => {
    const rows = counts[index] ?? 0;
    const mean = (sum = 0) => (rows > 0 ? sum / rows : null);
    return { from: index / BINS, to: (index + 1) / BINS, rows, confidence: mean(sums[index]), accuracy: mean(rights[index]) };
  });
  const distances = bins.reduce((sum, { rows, confidence, accuracy }) => sum + rows * Math.abs((confidence ?? 0) - (accuracy ?? 0)), 0);
  return { expectedCalibrationError: scores.length > 0 ? distances / scores.length : 0, bins };
}
