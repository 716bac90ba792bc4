/**
 * Confident learning (Northcutt, Jiang & Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels", JAIR
 * 2021): which labels are likely wrong, from probabilities that a model gave to rows it had not learnt from. Held to
 * cleanlab's `find_label_issues(filter_by="confident_learning", return_indices_ranked_by="self_confidence")`.
 */

/** cleanlab's `FLOATING_POINT_COMPARISON`. */
const tolerance = 1e-6;
/** A label without rows has no threshold that anything could reach. */
const unreachable = 2;

export interface Suspect {
  /** Place among the rows. */
  index: number;
  /** The label that the row is confidently taken for. */
  suggested: number;
  /** Probability of the label that the row has, 0 to 1: the lower, the likelier it is wrong. */
  selfConfidence: number;
}

/** Mean probability of each label over the rows that have it: how sure one may be of a row that is right. */
export function confidenceThresholds(labels: Int32Array, probabilities: readonly Float64Array[], classes: number): Float64Array {
  const sums = new Float64Array(classes);
  const rows = new Float64Array(classes);
  labels.forEach((label, index) => {
    sums[label] = (sums[label] ?? 0) + (probabilities[index]?.[label] ?? 0);
    rows[label] = (rows[label] ?? 0) + 1;
  });
  return sums.map((sum, label) => ((rows[label] ?? 0) === 0 ? unreachable : Math.max(sum / (rows[label] ?? 1), 2 * tolerance)));
}

/** The label that a row confidently belongs to: of those above their threshold the likeliest; -1 where there is none. */
function confidentLabel(row: Float64Array, thresholds: Float64Array): number {
  let best = -1;
  row.forEach((probability, label) => {
    if (probability >= (thresholds[label] ?? unreachable) - tolerance && (best < 0 || probability > (row[best] ?? 0))) best = label;
  });
  return best;
}

function isLikeliest(row: Float64Array, label: number): boolean {
  const own = (row[label] ?? 0) + tolerance;
  return row.every((probability, other) => other === label || probability < own || (probability === own && other > label));
}

/**
 * Rows off the diagonal of the confident joint whose label is not the likeliest one, the least sure first; ties in the
 * order of the rows.
 *
 * @param probabilities one row each, a probability a class
 */
export function findSuspects(labels: Int32Array, probabilities: readonly Float64Array[], classes: number): Suspect[] {
  const thresholds = confidenceThresholds(labels, probabilities, classes);
  const suspects: Suspect[] = [];
  probabilities.forEach((row, index) => {
    const label = labels[index] ?? 0;
    const confident = confidentLabel(row, thresholds);
    if (confident < 0 || confident === label || isLikeliest(row, label)) return;
    suspects.push({ index, suggested: confident, selfConfidence: row[label] ?? 0 });
  });
  return suspects.sort((left, right) => left.selfConfidence - right.selfConfidence || left.index - right.index);
}
