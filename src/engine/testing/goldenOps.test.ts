import { readdirSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KINDS } from '../ops/cases';
import { isTensor, problemsWithReference, readGoldenOps, type GoldenOp } from './goldenOps';

const FOLDER = 'parity/golden/ops';
const files = readdirSync(FOLDER);
const all = files.flatMap((file) => readGoldenOps(file.replace('.json', '')));

describe('golden cases of instructions', () => {
  it('exist for every instruction that computes anything', () => {
    const answered = new Set(all.map(({ kind }) => kind));
    expect(KINDS.filter((kind) => !answered.has(kind))).toEqual(['clear']);
  });

  it('all have an answer', () => {
    expect(all.filter(({ after }) => Object.keys(after).length === 0)).toEqual([]);
  });

  it('stay small', () => {
    expect(files.reduce((sum, file) => sum + statSync(`${FOLDER}/${file}`).size, 0)).toBeLessThan(200_000);
  });

  it('notice one digit that is not PyTorch’s', () => {
    const [golden] = readGoldenOps('linear');
    const output = golden?.after.output;
    if (!golden || !output || !isTensor(output)) throw new Error('There is no such case.');
    const wrong: GoldenOp = { ...golden, after: { ...golden.after, output: { ...output, data: output.data.map((value, index) => (index === 3 ? value + 1e-9 : value)) } } };
    expect(problemsWithReference(golden)).toEqual([]);
    expect(problemsWithReference(wrong).join()).toContain('output is wrong in 1 of 15 elements, worst at 3');
  });
});
