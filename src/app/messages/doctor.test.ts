import { describe, expect, it } from 'vitest';
import type { Finding } from '../../domain';
import { messagesFor } from './index';

const parts = { rows: 2, examples: [] };
/** One of each, and the forms that read otherwise. */
const findings: Finding[] = [
  { ...parts, id: 'label-like-id', column: 'title', labels: 5000, once: 4100 },
  { ...parts, id: 'label-twins', twins: [['a b', 'a-b']] },
  { ...parts, id: 'leaks', test: { rows: 12, of: 1200 }, validation: { rows: 0, of: 80 }, fromTestFile: true, canMend: true },
  { ...parts, id: 'leaks', test: { rows: 3, of: 90 }, validation: { rows: 2, of: 80 }, fromTestFile: false, canMend: true },
  { ...parts, id: 'leaks', rows: 1, test: { rows: 1, of: 1 }, validation: { rows: 0, of: 1 }, fromTestFile: false, canMend: false },
  { ...parts, id: 'conflicts', texts: 1, target: 'class' },
  { ...parts, id: 'conflicts', texts: 3, target: 'number' },
  { ...parts, id: 'duplicates', exact: 1, folded: 1, givenTest: false },
  { ...parts, id: 'duplicates', rows: 1, exact: 1, folded: 0, givenTest: false },
  { ...parts, id: 'duplicates', exact: 0, folded: 2, givenTest: false },
  { ...parts, id: 'short-texts', empty: 3 },
  { ...parts, id: 'short-texts', rows: 1, empty: 0 },
  { ...parts, id: 'missing-from-side', labels: [{ label: 'x', sides: ['validation', 'test'] }] },
  { ...parts, id: 'rare-classes', labels: ['a', 'b', 'c', 'd', 'e'].map((label) => ({ label, rows: 4 })), below: 10 },
  { ...parts, id: 'imbalance', commonest: { label: 'a', rows: 900 }, rarest: { label: 'b', rows: 30 }, share: 0.97, target: 'class' },
  { ...parts, id: 'imbalance', commonest: { label: 'a', rows: 500 }, rarest: { label: 'b', rows: 30 }, share: 0.6, target: 'tokens' },
  { ...parts, id: 'cut-texts', maxLength: 128, tokenShare: 0.41, keptEnd: false, raised: { maxLength: 256, times: 1.7 } },
  { ...parts, id: 'cut-texts', maxLength: 512, tokenShare: 0.02, keptEnd: true, raised: null },
  { ...parts, id: 'unknown-tokens', baseModel: 'all-MiniLM-L6-v2', share: 0.12, better: null },
  { ...parts, id: 'unknown-tokens', baseModel: 'all-MiniLM-L6-v2', share: 0.64, better: { baseModel: 'bge-small-zh-v1.5', unknownTokenShare: 0.003 } },
  { ...parts, id: 'spreadsheet-cut', characters: 32_767 },
  { ...parts, id: 'spreadsheet-labels', labels: [{ label: '02-Jan', rows: 2 }] },
  { ...parts, id: 'outliers', from: -3.125, to: 40 },
  { ...parts, id: 'few-numbers', numbers: [0, 0.5, 1] },
  { ...parts, id: 'personal-data', kinds: { email: 1, phone: 1, card: 0, identity: 2 } },
];

describe('the words of the data doctor', () => {
  for (const language of ['en', 'zh'] as const) {
    it.each(findings.map((finding) => [finding.id, finding] as const))(`says in ${language} what %s is`, (id, finding) => {
      const write = messagesFor(language).doctor.findings[id] as (finding: Finding) => string;
      const sentence = write(finding);
      expect(sentence).toMatch(language === 'zh' ? /\p{Script=Han}.*。$/u : /^.{20,}\.$/);
      expect(sentence).not.toMatch(/undefined|NaN|\[object|, and 0/);
    });
  }

  it('names the first few and counts the rest', () => {
    const rare = findings.find((finding) => finding.id === 'rare-classes');
    expect(rare?.id === 'rare-classes' && messagesFor('en').doctor.findings['rare-classes'](rare)).toContain('“c” (4) and 2 more');
  });
});
