import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { uniform } from '../../domain';
import { confidenceThresholds, findSuspects } from './confidentLearning';
import { crossValidate } from './crossValidate';
import { dealFolds } from './folds';
import { fitLogistic, predictLogistic, startingCurvature } from './logisticRegression';
import { gram, inverted, standardized, type Matrix } from './matrix';
import { addMultiples, fourFrom, scalarProducts } from './products';

interface Golden {
  regressions: { name: string; c: number; features: number[][]; labels: number[]; classes: number; heldOut: number; probabilities: number[][] }[];
  suspects: { name: string; labels: number[]; probabilities: number[][]; thresholds: number[]; issues: number[]; selfConfidence: number[] }[];
}

const golden = JSON.parse(readFileSync('parity/golden/label-errors.json', 'utf8')) as Golden;
const noPause = async (): Promise<void> => {};

function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  return { rows: rows.length, columns: rows[0]?.length ?? 0, data: Float32Array.from(rows.flat()) };
}

describe('products of four rows', () => {
  /** Ten rows of three columns, of which seven are used: the last four are one of them and three made up. */
  const data = Float32Array.from({ length: 30 }, (_, index) => Math.fround(uniform(2, 1, index) - 0.5));
  const rows = Int32Array.of(9, 0, 4, 2, 7, 1, 5);
  const others = (count: number) => Float64Array.from({ length: count * 3 }, (_, index) => uniform(2, 2, index) - 0.5);

  it.each([1, 2, 5])('are those of one row after another, with %i others', (count) => {
    const other = others(count);
    const factors = Float64Array.from({ length: 4 * count }, (_, index) => uniform(2, 3, index));
    for (const from of [0, 4]) {
      const four = fourFrom(rows, from, 3);
      const products = new Float64Array(4 * count);
      scalarProducts(data, four, 3, other, count, products);
      const sums = other.slice();
      addMultiples(data, four, 3, factors, count, sums);
      for (let place = 0; place < count; place++) {
        const expected = [...other.subarray(place * 3, place * 3 + 3)];
        for (let row = 0; row < 4; row++) {
          const begin = (rows[Math.min(from + row, 6)] ?? 0) * 3;
          const values = [...data.subarray(begin, begin + 3)];
          expect(products[row * count + place]).toBeCloseTo(values.reduce((sum, value, column) => sum + value * (other[place * 3 + column] ?? 0), 0), 12);
          values.forEach((value, column) => (expected[column] = (expected[column] ?? 0) + value * (factors[row * count + place] ?? 0)));
        }
        expected.forEach((value, column) => expect(sums[place * 3 + column]).toBeCloseTo(value, 12));
      }
    }
  });
});

describe('the inverse', () => {
  it('times its matrix is the identity', () => {
    const matrix = matrixOf(Array.from({ length: 9 }, (_, row) => Array.from({ length: 5 }, (_, column) => Math.fround(uniform(3, row, column)))));
    const product = gram(matrix, Int32Array.from({ length: 9 }, (_, row) => row));
    const { data } = inverted(product.slice(), 5);
    for (let i = 0; i < 5; i++) {
      for (let j = 0; j < 5; j++) {
        let sum = 0;
        for (let k = 0; k < 5; k++) sum += (product[i * 5 + k] ?? 0) * (data[k * 5 + j] ?? 0);
        expect(sum).toBeCloseTo(i === j ? 1 : 0, 4);
      }
    }
  });
});

describe('logistic regression', () => {
  it.each(golden.regressions)('gives the probabilities of scikit-learn: $name', async ({ c, features, labels, classes, heldOut, probabilities }) => {
    const matrix = matrixOf(features.map((row) => [...row, 1]));
    const rows = Int32Array.from(labels.keys()).slice(0, -heldOut);
    const size = matrix.columns;
    const counts = Array.from({ length: classes }, (_, label) => labels.slice(0, -heldOut).filter((own) => own === label).length);
    const inverseCurvature = inverted(startingCurvature(gram(matrix, rows), counts, size, c), size);
    const weights = await fitLogistic({ features: matrix, rows, labels: Int32Array.from(labels), classes, c, inverseCurvature, tolerance: 1e-16, mostSteps: 500, pause: noPause }, null);
    probabilities.forEach((expected, index) => {
      const actual = predictLogistic(matrix, labels.length - heldOut + index, weights, classes);
      expected.forEach((probability, label) => expect(actual[label]).toBeCloseTo(probability, 7));
    });
  });
});

describe('confident learning', () => {
  it.each(golden.suspects)('finds what cleanlab finds: $name', ({ labels, probabilities, thresholds, issues, selfConfidence }) => {
    const rows = probabilities.map((row) => Float64Array.from(row));
    const own = Int32Array.from(labels);
    [...confidenceThresholds(own, rows, thresholds.length)].forEach((value, label) => expect(value).toBeCloseTo(thresholds[label] ?? NaN, 12));
    const suspects = findSuspects(own, rows, thresholds.length);
    expect(suspects.map(({ index }) => index).sort((left, right) => left - right)).toEqual(issues);
    for (const { index, suggested, selfConfidence: own } of suspects) {
      expect(own).toBe(selfConfidence[issues.indexOf(index)]);
      expect(suggested).not.toBe(labels[index]);
    }
    const order = suspects.map(({ selfConfidence: confidence }) => confidence);
    expect(order).toEqual([...order].sort((left, right) => left - right));
  });
});

describe('folds', () => {
  const labels = Int32Array.from({ length: 103 }, (_, row) => (row === 50 ? 3 : row % 3));
  const groups = Int32Array.from({ length: 103 }, (_, row) => (row >= 100 ? row - 100 : row));

  it('keep copies together, spread labels alike and follow the seed', () => {
    const folds = dealFolds(labels, groups, 5, 7);
    for (const row of [100, 101, 102]) expect(folds[row]).toBe(folds[row - 100]);
    for (let fold = 0; fold < 5; fold++) {
      for (let label = 0; label < 3; label++) {
        const rows = [...labels.keys()].filter((row) => row < 100 && labels[row] === label && folds[row] === fold).length;
        expect(Math.abs(rows - 100 / 15)).toBeLessThan(1.5);
      }
    }
    expect(dealFolds(labels, groups, 5, 7)).toEqual(folds);
    expect(dealFolds(labels, groups, 5, 8)).not.toEqual(folds);
  });
});

describe('standardized', () => {
  it('has mean 0, deviation 1 and a column of ones; a constant becomes 0', () => {
    const { data, columns } = standardized(matrixOf([[1, 5], [3, 5], [5, 5]]));
    expect(columns).toBe(3);
    const scale = Math.sqrt(8 / 3);
    [-2 / scale, 0, 1, 0, 0, 1, 2 / scale, 0, 1].forEach((value, index) => expect(data[index]).toBeCloseTo(value, 6));
  });
});

describe('cross-validation', () => {
  /** Two clouds, apart along the first of four columns. */
  const labels = Int32Array.from({ length: 60 }, (_, row) => row % 2);
  const features = standardized(matrixOf(Array.from(labels, (label, row) => [label * 3 + uniform(1, 1, row), uniform(1, 2, row), uniform(1, 3, row), uniform(1, 4, row)])));
  const groups = Int32Array.from(labels.keys());
  const common = { features, groups, folds: 5, seed: 3, c: 0.1, pause: noPause };

  it('doubts labels that were turned round, and no others', async () => {
    const turned = labels.map((label, row) => (row === 8 || row === 21 ? 1 - label : label));
    const { probabilities, judged } = await crossValidate({ ...common, labels: turned, classes: 2 });
    expect(judged.every((one) => one === 1)).toBe(true);
    expect(findSuspects(turned, probabilities, 2).map(({ index }) => index).sort((left, right) => left - right)).toEqual([8, 21]);
  });

  it('does not judge a row whose label no other fold has', async () => {
    const lonely = labels.map((label, row) => (row === 5 ? 2 : label));
    const { probabilities, judged } = await crossValidate({ ...common, labels: lonely, classes: 4 });
    expect([...judged.keys()].filter((row) => judged[row] === 0)).toEqual([5]);
    for (const row of probabilities) {
      expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
      expect(row[3]).toBe(0);
    }
  });

  it('gives the same numbers again', async () => {
    const first = await crossValidate({ ...common, labels, classes: 2 });
    expect(await crossValidate({ ...common, labels, classes: 2 })).toEqual(first);
  });

  it('ends when asked to', async () => {
    const stop = () => Promise.reject(new Error('cancelled'));
    await expect(crossValidate({ ...common, labels, classes: 2, pause: stop })).rejects.toThrow('cancelled');
  });
});
