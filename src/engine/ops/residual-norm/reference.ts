/** Float64 references of LayerNorm and its gradients. */
import { dropoutScales } from '../dropout/reference';
import { at, store, type Reference } from '../memory';

/** Mean and 1 / sqrt(variance + epsilon) of one row of `hidden` elements; the variance is the population's. */
export function rowStatistics(sum: Float64Array, row: number, hidden: number, epsilon: number): { mean: number; inverse: number } {
  let total = 0;
  for (let column = 0; column < hidden; column++) total += at(sum, row * hidden + column);
  const mean = total / hidden;
  let squares = 0;
  for (let column = 0; column < hidden; column++) squares += (at(sum, row * hidden + column) - mean) ** 2;
  return { mean, inverse: 1 / Math.sqrt(squares / hidden + epsilon) };
}

export const residualNorm: Reference<'residualNorm'> = ({ reads, writes, tokens, hidden, epsilon, dropout }, memory) => {
  const x = memory.get(reads.sum);
  const residual = memory.get(reads.residual);
  const weight = memory.get(reads.weight);
  const bias = memory.get(reads.bias);
  const sum = memory.get(writes.sum);
  const output = memory.get(writes.output);
  const statistics = memory.get(writes.statistics);
  const scale = dropoutScales(dropout, memory.get(reads.scalars));
  for (let token = 0; token < tokens; token++) {
    for (let column = 0; column < hidden; column++) {
      const element = token * hidden + column;
      store(sum, element, at(residual, element) + at(x, element) * scale(element));
    }
    const { mean, inverse } = rowStatistics(sum, token, hidden, epsilon);
    store(statistics, token * 2, mean);
    store(statistics, token * 2 + 1, inverse);
    for (let column = 0; column < hidden; column++) {
      const element = token * hidden + column;
      store(output, element, (at(sum, element) - mean) * inverse * at(weight, column) + at(bias, column));
    }
  }
};

export const normGradient: Reference<'normGradient'> = (instruction, memory) => {
  const { reads, writes, tokens, hidden, outputDropout, inputDropout, accumulate } = instruction;
  const dOutput = memory.get(reads.dOutput);
  const sum = memory.get(reads.sum);
  const statistics = memory.get(reads.statistics);
  const weight = memory.get(reads.weight);
  const scalars = memory.get(reads.scalars);
  const dSum = memory.get(writes.dSum);
  const dInput = writes.dInput === null ? null : memory.get(writes.dInput);
  const outputScale = dropoutScales(outputDropout, scalars);
  const inputScale = dropoutScales(inputDropout, scalars);
  for (let token = 0; token < tokens; token++) {
    const mean = at(statistics, token * 2);
    const inverse = at(statistics, token * 2 + 1);
    // A row is read as a whole before any of it is written: dSum may be dOutput.
    const gradients = new Float64Array(hidden);
    const normalized = new Float64Array(hidden);
    let gradientTotal = 0;
    let productTotal = 0;
    for (let column = 0; column < hidden; column++) {
      const element = token * hidden + column;
      const gradient = at(dOutput, element) * outputScale(element) * at(weight, column);
      const x = (at(sum, element) - mean) * inverse;
      store(gradients, column, gradient);
      store(normalized, column, x);
      gradientTotal += gradient;
      productTotal += gradient * x;
    }
    for (let column = 0; column < hidden; column++) {
      const element = token * hidden + column;
      const ds = inverse * (at(gradients, column) - gradientTotal / hidden - (at(normalized, column) * productTotal) / hidden);
      store(dSum, element, ds, accumulate);
      if (dInput) store(dInput, element, ds * inputScale(element));
    }
  }
};

export const normParameterGradient: Reference<'normParameterGradient'> = (instruction, memory) => {
  const { reads, writes, tokens, hidden, outputDropout, accumulate } = instruction;
  const dOutput = memory.get(reads.dOutput);
  const sum = memory.get(reads.sum);
  const statistics = memory.get(reads.statistics);
  const scale = dropoutScales(outputDropout, memory.get(reads.scalars));
  const weightTotals = new Float64Array(hidden);
  const biasTotals = new Float64Array(hidden);
  for (let token = 0; token < tokens; token++) {
    const mean = at(statistics, token * 2);
    const inverse = at(statistics, token * 2 + 1);
    for (let column = 0; column < hidden; column++) {
      const element = token * hidden + column;
      const gradient = at(dOutput, element) * scale(element);
      store(weightTotals, column, gradient * (at(sum, element) - mean) * inverse, true);
      store(biasTotals, column, gradient, true);
    }
  }
  for (const [target, totals] of [[writes.dWeight, weightTotals], [writes.dBias, biasTotals]] as const) {
    if (target === null) continue;
    const gradient = memory.get(target);
    totals.forEach((total, column) => store(gradient, column, total, accumulate));
  }
};
