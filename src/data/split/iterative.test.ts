import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { philox4x32, type Side } from '../../domain';
import { prepareDataset } from '../prepareDataset';
import { read, recipeOf } from '../testTable';
import { splitUnits, type Unit } from './iterative';

const fractions = { validation: 0.1, test: 0.2 };
const random = (index: number, seed: number): number => philox4x32([index, 0, 0, 0], [seed, 5])[0] / 2 ** 32;

/** Labels of falling frequency, some of them together; `size` rows a unit. */
function makeUnits(count: number, labels: number, size: (unit: number) => number, seed: number): Unit[] {
  let row = 0;
  return Array.from({ length: count }, (_, unit) => {
    const rows = Array.from({ length: size(unit) }, () => row++);
    const own = Array.from({ length: labels }, (__, label) => label).filter((label) => random(unit * labels + label, seed) < 0.5 / 2 ** (label / 2));
    return { rows, labels: new Map(own.map((label) => [label, rows.length])) };
  });
}

function rowsOn(units: readonly Unit[], sides: readonly Side[], side: Side, label?: number): number {
  return units.reduce((sum, { rows, labels }, unit) => sum + (sides[unit] === side ? (label === undefined ? rows.length : (labels.get(label) ?? 0)) : 0), 0);
}

describe('iterative stratification', () => {
  it.each([1, 2, 3, 4, 5])('gives every side its share of every label, seed %d', (seed) => {
    const units = makeUnits(2000, 10, () => 1, seed);
    const sides = splitUnits(units, fractions, seed);
    expect(rowsOn(units, sides, 'test') / 2000).toBeCloseTo(0.2, 1.5);
    for (let label = 0; label < 10; label += 1) {
      const total = units.filter(({ labels }) => labels.has(label)).length;
      // Far closer than chance: a random fifth of 50 rows is off by 3 as often as not.
      expect(Math.abs(rowsOn(units, sides, 'test', label) - 0.2 * total), `label ${label}`).toBeLessThanOrEqual(2);
      expect(Math.abs(rowsOn(units, sides, 'validation', label) - 0.1 * total), `label ${label}`).toBeLessThanOrEqual(2);
    }
  });

  it('is the same for one seed and another for another', () => {
    const units = makeUnits(300, 6, () => 1, 1);
    expect(splitUnits(units, fractions, 7)).toEqual(splitUnits(units, fractions, 7));
    expect(splitUnits(units, fractions, 8)).not.toEqual(splitUnits(units, fractions, 7));
  });

  it('spreads groups of many sizes, labels nearly alike', () => {
    const units = makeUnits(400, 6, (unit) => 1 + (unit % 9), 3);
    const sides = splitUnits(units, fractions, 3);
    const all = units.reduce((sum, { rows }) => sum + rows.length, 0);
    expect(rowsOn(units, sides, 'test') / all).toBeCloseTo(0.2, 1);
    for (let label = 0; label < 6; label += 1) {
      const total = units.reduce((sum, { labels }) => sum + (labels.get(label) ?? 0), 0);
      expect(rowsOn(units, sides, 'test', label) / total, `label ${label}`).toBeGreaterThan(0.15);
      expect(rowsOn(units, sides, 'test', label) / total, `label ${label}`).toBeLessThan(0.25);
    }
  });

  it('gives every side a unit and trains every label, however few and large the units are', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const units = makeUnits(3 + (seed % 6), 4, (unit) => 1 + Math.floor(random(unit, seed) * 50), seed);
      const sides = splitUnits(units, fractions, seed);
      const trained = new Set(units.flatMap(({ labels }, unit) => (sides[unit] === 'train' ? [...labels.keys()] : [])));
      for (const { labels } of units) for (const label of labels.keys()) expect(trained.has(label)).toBe(true);
    }
    const alike = Array.from({ length: 3 }, (_, unit) => ({ rows: [unit], labels: new Map([[0, 1]]) }));
    expect([...splitUnits(alike, fractions, 1)].sort()).toEqual(['test', 'train', 'validation']);
    expect([...splitUnits(alike.slice(0, 2), { validation: 0.1, test: 0 }, 1)].sort()).toEqual(['train', 'validation']);
  });
});

const shared = join(process.cwd(), '..', 'shared', 'data', 'goemotions_ekman_onehot_train.csv');

describe.skipIf(!existsSync(shared))('real label sets (skipped where ../shared/data is not there)', () => {
  it('every side has its share of every label, to a row', async () => {
    const table = await read(new Uint8Array(readFileSync(shared)));
    const labelColumns = table.columns.map(({ name }) => name).filter((name) => name !== 'text' && name !== 'id');
    const recipe = { ...recipeOf({ data: { labelColumns }, split: { validationFraction: 0.1, testFraction: 0.1 } }), task: 'multi-label-classification' as const };
    const { counts } = await prepareDataset(table, recipe);
    for (const { label, train, validation, test } of counts.labels) {
      const tenth = (train + validation + test) / 10;
      expect(Math.abs(test - tenth), label).toBeLessThanOrEqual(2);
      expect(Math.abs(validation - tenth), label).toBeLessThanOrEqual(2);
    }
  });
});
