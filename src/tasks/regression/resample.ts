/** Figures of scored rows drawn anew. */
import type { Resample } from '../bootstrap';

/** Rows in the order of their value, told apart where the value changes: ranks of any draw follow in one pass. */
function sorted(values: readonly number[]): { order: Uint32Array; ends: Uint8Array } {
  const order = Uint32Array.from(values.keys()).sort((left, right) => (values[left] ?? 0) - (values[right] ?? 0));
  const ends = Uint8Array.from(order, (row, place) => (place === order.length - 1 || values[row] !== values[order[place + 1] ?? 0] ? 1 : 0));
  return { order, ends };
}

/** Ranks of drawn rows from 1, minus their mean; equals share the mean of theirs. A row that was not drawn keeps what was there. */
function rankInto(ranks: Float64Array, { order, ends }: ReturnType<typeof sorted>, counts: ArrayLike<number>): void {
  const middle = (ranks.length + 1) / 2;
  let below = 0;
  let first = 0;
  let equals = 0;
  for (let place = 0; place < order.length; place += 1) {
    equals += counts[order[place] ?? 0] ?? 0;
    if (ends[place] === 0) continue;
    const rank = below + (equals + 1) / 2 - middle;
    for (; first <= place; first += 1) ranks[order[first] ?? 0] = rank;
    below += equals;
    equals = 0;
  }
}

const limited = (correlation: number): number => Math.max(-1, Math.min(1, correlation));

/** @param loss of a squared error of 1 in the target's own unit */
export function resampleNumbers(truth: readonly number[], answers: readonly number[], loss: number): Resample {
  const rows = truth.length;
  // Counted from the means of all rows, so that sums of squares of large numbers keep their digits.
  const centred = (values: readonly number[]): Float64Array => {
    const mean = values.reduce((sum, value) => sum + value, 0) / rows;
    return Float64Array.from(values, (value) => value - mean);
  };
  const truths = centred(truth);
  const given = centred(answers);
  const errors = Float64Array.from(truth, (value, row) => (answers[row] ?? NaN) - value);
  const byTruth = sorted(truth);
  const byAnswer = sorted(answers);
  const truthRanks = new Float64Array(rows);
  const answerRanks = new Float64Array(rows);

  /** Null where one side does not vary. */
  const spearmanOf = (counts: ArrayLike<number>): number => {
    rankInto(truthRanks, byTruth, counts);
    rankInto(answerRanks, byAnswer, counts);
    let together = 0;
    let truthSquares = 0;
    let answerSquares = 0;
    for (let row = 0; row < rows; row += 1) {
      const count = counts[row] ?? 0;
      const truthRank = truthRanks[row] ?? 0;
      const answerRank = answerRanks[row] ?? 0;
      together += count * truthRank * answerRank;
      truthSquares += count * truthRank * truthRank;
      answerSquares += count * answerRank * answerRank;
    }
    return limited(together / Math.sqrt(truthSquares * answerSquares));
  };

  return {
    rows,
    shares: [],
    figures(counts) {
      const sums = { squared: 0, absolute: 0, truth: 0, answer: 0, truthSquares: 0, answerSquares: 0, together: 0 };
      let firstDrawn = -1;
      let truthVaries = false;
      let answerVaries = false;
      for (let row = 0; row < rows; row += 1) {
        const count = counts[row] ?? 0;
        if (count === 0) continue;
        const value = truths[row] ?? 0;
        const answer = given[row] ?? 0;
        const error = errors[row] ?? 0;
        if (firstDrawn < 0) firstDrawn = row;
        truthVaries ||= value !== truths[firstDrawn];
        answerVaries ||= answer !== given[firstDrawn];
        sums.squared += count * error * error;
        sums.absolute += count * Math.abs(error);
        sums.truth += count * value;
        sums.answer += count * answer;
        sums.truthSquares += count * value * value;
        sums.answerSquares += count * answer * answer;
        sums.together += count * value * answer;
      }
      const truthSpread = sums.truthSquares - (sums.truth * sums.truth) / rows;
      const answerSpread = sums.answerSquares - (sums.answer * sums.answer) / rows;
      const bothVary = truthVaries && answerVaries;
      return {
        meanSquaredError: sums.squared / rows,
        meanAbsoluteError: sums.absolute / rows,
        r2: truthVaries && truthSpread > 0 ? 1 - sums.squared / truthSpread : null,
        pearson: bothVary && truthSpread > 0 && answerSpread > 0 ? limited((sums.together - (sums.truth * sums.answer) / rows) / Math.sqrt(truthSpread * answerSpread)) : null,
        spearman: bothVary ? spearmanOf(counts) : null,
        loss: (sums.squared / rows) * loss,
      };
    },
  };
}
