import { describe, expect, it } from 'vitest';
import { tellingBin } from './CalibrationPart';

const bin = (confidence: number | null, rows: number) => ({ from: 0, to: 1, rows, confidence, accuracy: confidence });

describe('the group that is put in words', () => {
  it('is the largest of those that are likelier than not', () => {
    expect(tellingBin([bin(0.05, 90), bin(null, 0), bin(0.55, 3), bin(0.95, 7)])?.confidence).toBe(0.95);
    expect(tellingBin([bin(0.05, 90), bin(0.3, 2)])?.confidence).toBe(0.05);
    expect(tellingBin([bin(null, 0)])).toBeUndefined();
  });
});
