import { describe, expect, it } from 'vitest';
import { differenceOf, microShares, sameLabels } from './labelSets';
import { changedRows } from './ThresholdPart';

describe('label sets', () => {
  it('say what was missed and what was too much', () => {
    expect(differenceOf([0, 2], [1, 2])).toEqual({ missed: [0], extra: [1] });
    expect(differenceOf([], [])).toEqual({ missed: [], extra: [] });
    expect(sameLabels([0, 2], [0, 2])).toBe(true);
    expect(sameLabels([0], [0, 2])).toBe(false);
    expect(sameLabels([0, 1], [0, 2])).toBe(false);
  });

  it('have shares over all rows, and none of nothing', () => {
    const rows = [{ label: [0, 1], predicted: [0] }, { label: [1], predicted: [0, 1, 2] }, { label: [], predicted: [] }];
    expect(microShares(rows)).toEqual({ precision: 2 / 4, recall: 2 / 3 });
    expect(microShares([{ label: [], predicted: [] }])).toEqual({ precision: null, recall: null });
  });
});

describe('rows with another threshold', () => {
  const prediction = (row: number, scores: number[]) => ({ row, text: '', label: [], predicted: [], logits: [], scores });
  const report = { threshold: 0.5, predictions: [prediction(2, [0.4, 0.9]), prediction(3, [0.5, 0.1]), prediction(4, [0.6, 0.2])] };

  it('are those with a score between the two; one that is reached counts as given', () => {
    const rowsAt = (threshold: number) => changedRows(report, threshold).map(({ row }) => row);
    expect(rowsAt(0.5)).toEqual([]);
    expect(rowsAt(0.4)).toEqual([2]);
    expect(rowsAt(0.6)).toEqual([3]);
    expect(rowsAt(0.61)).toEqual([3, 4]);
    expect(rowsAt(0.2)).toEqual([2, 4]);
  });
});
