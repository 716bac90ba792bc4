import { describe, expect, it } from 'vitest';
import { parseSetting, writeSetting } from './settings';

describe('settings', () => {
  it('reads what it writes', () => {
    for (const [name, value] of [
      ['learningRate', 0.0001],
      ['learningRate', 0.05],
      ['validationFraction', 0.1],
      ['seed', 42],
    ] as const) {
      expect(parseSetting(name, writeSetting(name, value))).toBe(value);
    }
  });

  it('takes what people type', () => {
    expect(parseSetting('learningRate', ' 2e-5 ')).toBe(2e-5);
    expect(parseSetting('learningRate', '0,0003')).toBe(0.0003);
    expect(parseSetting('testFraction', '20 %')).toBe(0.2);
  });

  it('refuses what is out of bounds or no number', () => {
    for (const text of ['', 'abc', '0', '51', '1.5', '1e999']) expect(parseSetting('numTrainEpochs', text)).toBeNull();
    expect(parseSetting('learningRate', '2')).toBeNull();
    expect(parseSetting('validationFraction', '50%')).toBeNull();
  });
});
