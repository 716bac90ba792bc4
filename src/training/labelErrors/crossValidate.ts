/** Probabilities of every row from models that have not learnt from it: k-fold logistic regression on its features. */
import { dealFolds } from './folds';
import { fitLogistic, predictLogistic, startingCurvature } from './logisticRegression';
import { gram, inverted, type Matrix } from './matrix';

export interface CrossValidateOptions {
  /** Standardized, with a last column of ones. */
  features: Matrix;
  /** 0 to `classes` - 1. */
  labels: Int32Array;
  classes: number;
  /** Equal for copies of a text, which share a fold. */
  groups: Int32Array;
  folds: number;
  seed: number;
  /** Inverse strength of the penalty. */
  c: number;
  tolerance?: number;
  /** Called between steps with the share done; may throw to end the work. */
  pause: (share: number) => Promise<void>;
}

export interface CrossValidated {
  /** One a class, summing to 1; 0 for a class that the other folds lack. */
  probabilities: Float64Array[];
  /** 1 where the other folds have the row's own label: only then can it be judged. */
  judged: Uint8Array;
}

const mostSteps = 100;
/** Nats over all rows. From there on no probability of TREC or waimai moves by more than 0.02, and the rows found are the same but for a few. */
const usualTolerance = 0.03;

/** X'X over the rows of all folds but one. */
function productsWithout(grams: readonly Float64Array[], left: number): Float64Array {
  const sum = new Float64Array(grams[0]?.length ?? 0);
  grams.forEach((part, fold) => {
    if (fold !== left) for (let index = 0; index < sum.length; index++) sum[index] = (sum[index] ?? 0) + (part[index] ?? 0);
  });
  return sum;
}

/** Weights of the classes that both fits have. */
function carriedOver(before: { weights: Float64Array; present: readonly number[] } | null, present: readonly number[], columns: number): Float64Array | null {
  if (before === null) return null;
  const weights = new Float64Array(present.length * columns);
  present.forEach((label, place) => {
    const from = before.present.indexOf(label);
    if (from >= 0) weights.set(before.weights.subarray(from * columns, (from + 1) * columns), place * columns);
  });
  return weights;
}

export async function crossValidate(options: CrossValidateOptions): Promise<CrossValidated> {
  const { features, labels, classes, groups, folds, seed, c, pause, tolerance = usualTolerance } = options;
  const foldOf = dealFolds(labels, groups, folds, seed);
  const rowsOf = Array.from({ length: folds }, (_, fold) => Int32Array.from(foldOf.keys()).filter((row) => foldOf[row] === fold));
  const grams: Float64Array[] = [];
  for (const [fold, rows] of rowsOf.entries()) {
    grams.push(gram(features, rows));
    await pause((0.2 * (fold + 1)) / folds);
  }
  const probabilities = Array.from(labels, () => new Float64Array(classes));
  const judged = new Uint8Array(labels.length);
  let before: { weights: Float64Array; present: readonly number[] } | null = null;
  for (const [fold, own] of rowsOf.entries()) {
    const rows = Int32Array.from(foldOf.keys()).filter((row) => foldOf[row] !== fold);
    // A class that is not among them would drift away without end: it is left out, as scikit-learn does.
    const present = [...new Set(Array.from(rows, (row) => labels[row] ?? 0))].sort((left, right) => left - right);
    const place = new Map(present.map((label, index) => [label, index]));
    const local = labels.map((label) => place.get(label) ?? -1);
    const counts = present.map(() => 0);
    for (const row of rows) counts[local[row] ?? 0] = (counts[local[row] ?? 0] ?? 0) + 1;
    const inverseCurvature = inverted(startingCurvature(productsWithout(grams, fold), counts, features.columns, c), features.columns);
    const weights: Float64Array = await fitLogistic(
      { features, rows, labels: local, classes: present.length, c, inverseCurvature, tolerance, mostSteps, pause: (step) => pause(0.2 + (0.8 * (fold + step / mostSteps)) / folds) },
      carriedOver(before, present, features.columns),
    );
    before = { weights, present };
    for (const row of own) {
      const predicted = predictLogistic(features, row, weights, present.length);
      present.forEach((label, index) => {
        const target = probabilities[row];
        if (target) target[label] = predicted[index] ?? 0;
      });
      judged[row] = (local[row] ?? -1) >= 0 ? 1 : 0;
    }
    await pause(0.2 + (0.8 * (fold + 1)) / folds);
  }
  return { probabilities, judged };
}
