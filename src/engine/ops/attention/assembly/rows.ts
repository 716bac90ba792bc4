/** What attention does row by row: masks, softmax, its gradient, and taking rows out of padded blocks. */
import { largestLane, loadPart, multiplyAdd, storePart, sumLanes } from '../../../backends/wasm/assembly/lanes';
import { exponential } from '../../../backends/wasm/assembly/math';

/** Added to the score of a key that does not count: below every score, yet far from overflow. */
const FAR_BELOW: f32 = -1e30;
/**
 * Logarithm of the smallest share that is told from 0. What lies below is far under the rounding of the largest share, and
 * would turn into denormals, which take a hundred times as long, when multiplied by small gradients. A key that does not
 * count is below it by its bias.
 */
const LEAST_LOGARITHM: f32 = -50;

/** Sum of the exponentials of the last row, before dropout. */
export let exponentialSum: f32 = 0;

/** e^x, or exactly 0 where x is very low; NaN stays NaN. */
// @ts-ignore: decorator
@inline
function share(x: v128, least: v128): v128 {
  return v128.andnot(exponential(x), f32x4.le(x, least));
}

/**
 * Fills what is added to each key's scaled score: 0 if it counts. Of a row with nothing but padding every key counts:
 * adding the same large negative number to all scores leaves them equal.
 * @returns whether any key is not padding
 */
export function fillBiases(mask: usize, S: i32, padded: i32, biases: usize): bool {
  let any = false;
  for (let key = 0; key < S; key++) {
    if (load<i32>(mask + (<usize>key << 2)) != 0) any = true;
  }
  for (let key = 0; key < padded; key++) {
    const counts = key < S && (!any || load<i32>(mask + (<usize>key << 2)) != 0);
    store<f32>(biases + (<usize>key << 2), counts ? 0 : FAR_BELOW);
  }
  return any;
}

// Rows are padded to eight floats, and taken eight at a time: two chains of additions instead of one.

/** Largest of scale * score + bias. */
function largestOfRow(scores: usize, biases: usize, padded: i32, scales: v128): f32 {
  const end = scores + (<usize>padded << 2);
  let most0 = f32x4.splat(FAR_BELOW);
  let most1 = most0;
  for (; scores < end; scores += 32, biases += 32) {
    most0 = f32x4.pmax(most0, multiplyAdd(v128.load(scores), scales, v128.load(biases)));
    most1 = f32x4.pmax(most1, multiplyAdd(v128.load(scores, 16), scales, v128.load(biases, 16)));
  }
  return largestLane(f32x4.pmax(most0, most1));
}

/**
 * scores = exp(scale * scores - their maximum) times dropout's factors (0 = none), exactly 0 where a key does not count;
 * not yet divided by the sum, which is left in `exponentialSum`.
 * @returns the maximum
 */
export function exponentialsOfRow(scores: usize, biases: usize, factors: usize, padded: i32, scale: f32): f32 {
  const scales = f32x4.splat(scale);
  const largest = largestOfRow(scores, biases, padded, scales);
  const most = f32x4.splat(largest);
  const least = f32x4.splat(LEAST_LOGARITHM);
  const end = scores + (<usize>padded << 2);
  let sum0 = i32x4.splat(0);
  let sum1 = sum0;
  for (; scores < end; scores += 32, biases += 32) {
    let value0 = share(multiplyAdd(v128.load(scores), scales, f32x4.sub(v128.load(biases), most)), least);
    let value1 = share(multiplyAdd(v128.load(scores, 16), scales, f32x4.sub(v128.load(biases, 16), most)), least);
    sum0 = f32x4.add(sum0, value0);
    sum1 = f32x4.add(sum1, value1);
    if (factors) {
      value0 = f32x4.mul(value0, v128.load(factors));
      value1 = f32x4.mul(value1, v128.load(factors, 16));
      factors += 32;
    }
    v128.store(scores, value0);
    v128.store(scores, value1, 16);
  }
  exponentialSum = sumLanes(f32x4.add(sum0, sum1));
  return largest;
}

/**
 * From scores and the gradient of the probabilities after dropout (`gradients`) to the probabilities after dropout
 * (in `scores`) and the gradient of the unscaled scores (in `gradients`).
 * @param factors of dropout, or 0
 * @param logSumExp of the row, so that exp(scale * score - logSumExp) is the probability
 * @param drift sum over the keys of probability * gradient
 */
export function softmaxGradientOfRow(
  scores: usize, gradients: usize, biases: usize, factors: usize, padded: i32,
  scoreScale: f32, logSumExp: f32, drift: f32, scale: f32,
): void {
  const scoreScales = f32x4.splat(scoreScale);
  const logs = f32x4.splat(logSumExp);
  const minusDrift = f32x4.splat(-drift);
  const scales = f32x4.splat(scale);
  const least = f32x4.splat(LEAST_LOGARITHM);
  const end = <usize>padded << 2;
  if (!factors) {
    for (let at: usize = 0; at < end; at += 16) {
      const probability = share(multiplyAdd(v128.load(scores + at), scoreScales, f32x4.sub(v128.load(biases + at), logs)), least);
      v128.store(scores + at, probability);
      const centred = f32x4.add(v128.load(gradients + at), minusDrift);
      v128.store(gradients + at, f32x4.mul(f32x4.mul(probability, scales), centred));
    }
    return;
  }
  for (let at: usize = 0; at < end; at += 16) {
    const probability = share(multiplyAdd(v128.load(scores + at), scoreScales, f32x4.sub(v128.load(biases + at), logs)), least);
    const factor = v128.load(factors + at);
    v128.store(scores + at, f32x4.mul(probability, factor));
    const centred = multiplyAdd(v128.load(gradients + at), factor, minusDrift);
    v128.store(gradients + at, f32x4.mul(f32x4.mul(probability, scales), centred));
  }
}

/** Sum of the products of two runs of floats. */
export function dotOfRows(left: usize, right: usize, count: i32): f32 {
  let sum = i32x4.splat(0);
  const end = left + (<usize>(count & ~3) << 2);
  for (; left < end; left += 16, right += 16) sum = multiplyAdd(v128.load(left), v128.load(right), sum);
  const rest = count & 3;
  if (rest) sum = multiplyAdd(loadPart(left, rest), loadPart(right, rest), sum);
  return sumLanes(sum);
}

/** target = factor * source. */
export function scaleRow(source: usize, target: usize, count: i32, factor: f32): void {
  const factors = f32x4.splat(factor);
  const end = source + (<usize>(count & ~3) << 2);
  for (; source < end; source += 16, target += 16) v128.store(target, f32x4.mul(v128.load(source), factors));
  const rest = count & 3;
  if (rest) storePart(target, f32x4.mul(loadPart(source, rest), factors), rest);
}

/** Takes `rows` rows of a padded block out to where they belong; strides in bytes. */
export function takeOut(source: usize, sourceStride: usize, target: usize, targetStride: usize, rows: i32, count: i32): void {
  for (let row = 0; row < rows; row++) {
    scaleRow(source, target, count, 1);
    source += sourceStride;
    target += targetStride;
  }
}
