/** LayerNorm of one row, which stays in the first-level cache between the passes over it. */
import { multiplyAdd, sumLanes } from './lanes';
import { loadSome, storeSome } from './runs';

function sumOfRow(row: usize, count: i32): f32 {
  let sum0 = f32x4.splat(0);
  let sum1 = f32x4.splat(0);
  let sum2 = f32x4.splat(0);
  let sum3 = f32x4.splat(0);
  let left = count;
  for (; left >= 16; left -= 16, row += 64) {
    sum0 = f32x4.add(sum0, v128.load(row));
    sum1 = f32x4.add(sum1, v128.load(row, 16));
    sum2 = f32x4.add(sum2, v128.load(row, 32));
    sum3 = f32x4.add(sum3, v128.load(row, 48));
  }
  for (; left > 0; left -= 4, row += 16) sum0 = f32x4.add(sum0, loadSome(row, left));
  return sumLanes(f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3)));
}

/** Sum of squares of the distances from the mean: no cancellation, unlike the mean of squares less the mean's square. */
function squaresOfRow(row: usize, mean: f32, count: i32): f32 {
  const means = f32x4.splat(mean);
  let sum0 = f32x4.splat(0);
  let sum1 = f32x4.splat(0);
  let left = count;
  for (; left >= 8; left -= 8, row += 32) {
    const distance0 = f32x4.sub(v128.load(row), means);
    const distance1 = f32x4.sub(v128.load(row, 16), means);
    sum0 = multiplyAdd(distance0, distance0, sum0);
    sum1 = multiplyAdd(distance1, distance1, sum1);
  }
  let sum = sumLanes(f32x4.add(sum0, sum1));
  for (; left > 0; left--, row += 4) {
    const distance = load<f32>(row) - mean;
    sum += distance * distance;
  }
  return sum;
}

/**
 * output = (row - mean) x inverse x weight + bias, times the factors at `mask` where that is not 0; writes the mean and
 * the inverse of the standard deviation to `statistics`.
 */
export function normalizeRow(row: usize, weight: usize, bias: usize, mask: usize, output: usize, statistics: usize, count: i32, epsilon: f32): void {
  const mean = sumOfRow(row, count) / <f32>count;
  const inverse: f32 = 1 / sqrt<f32>(squaresOfRow(row, mean, count) / <f32>count + epsilon);
  store<f32>(statistics, mean);
  store<f32>(statistics, inverse, 4);
  const means = f32x4.splat(mean);
  const inverses = f32x4.splat(inverse);
  for (let left = count; left > 0; left -= 4) {
    const unit = f32x4.mul(f32x4.sub(loadSome(row, left), means), inverses);
    let value = multiplyAdd(unit, loadSome(weight, left), loadSome(bias, left));
    if (mask) {
      value = f32x4.mul(value, loadSome(mask, left));
      mask += 16;
    }
    storeSome(output, value, left);
    row += 16;
    weight += 16;
    bias += 16;
    output += 16;
  }
}
