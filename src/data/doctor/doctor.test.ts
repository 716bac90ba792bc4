import { describe, expect, it } from 'vitest';
import type { Dataset, Finding, FindingId, FindingOf, Recipe } from '../../domain';
import { prepareDataset } from '../prepareDataset';
import { plainDataset, read, recipeOf } from '../testTable';
import { examine } from './examine';
import { Examined, type TokenFacts } from './examined';

const header = 'text,label\n';
const words = 'amber birch cedar delta ember fjord grove harbour inlet juniper kelp lagoon meadow north'.split(' ');
/** Texts that no finding has anything to say about. */
const clean = (label: string, count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `${words[(index + from) % 14]} ${words[Math.floor((index + from) / 14) % 14]} of ${label},${label}\n`).join('');
const base = header + clean('a', 40) + clean('b', 40);

interface Looked {
  findings: Finding[];
  find: <Id extends FindingId>(id: Id) => FindingOf<Id> | undefined;
  counts: Dataset['counts'];
  dataset: Dataset;
}

async function look(text: string, { recipe = recipeOf(), test, tokens = null }: { recipe?: Recipe; test?: string; tokens?: TokenFacts | null } = {}): Promise<Looked> {
  const choice = { hasHeader: true };
  const table = await read(text, { choice });
  const testTable = test === undefined ? undefined : await read(test, { choice });
  const dataset = await prepareDataset(table, recipe, { testTable });
  const { counts } = dataset;
  expect(counts.rows.used + counts.rows.setAside).toBe(counts.rows.file);
  expect(counts.setAside).toHaveLength(counts.rows.setAside);
  const findings = await examine(new Examined(dataset, { labelColumn: 'label', fromTestFile: test !== undefined, tokens }), () => Promise.resolve());
  const find = <Id extends FindingId>(id: Id) => findings.find((finding) => finding.id === id) as FindingOf<Id> | undefined;
  return { findings, find, counts, dataset: plainDataset(dataset) };
}

const mending = (...mends: NonNullable<Recipe['data']['mends']>) => recipeOf({ data: { mends } });
const rowsOf = (finding: Finding | undefined) => finding?.examples.map(({ row }) => row);

describe('the data doctor', () => {
  it('says nothing of clean data, with and without a test file', async () => {
    expect((await look(base)).findings).toEqual([]);
    expect((await look(base, { test: header + clean('a', 10, 60) + clean('b', 10, 60) })).findings).toEqual([]);
  });

  it('joins labels that differ in spaces, hyphens and underscores, and keeps signs that mean something', async () => {
    const text = header + clean('card payment', 20) + clean('Card-Payment', 12) + clean('c', 12) + clean('c++', 12) + clean('-1', 12) + clean('1', 12);
    const { find } = await look(text);
    expect(find('label-twins')).toMatchObject({ rows: 12, twins: [['card payment', 'Card-Payment']] });
    expect(rowsOf(find('label-twins'))).toEqual(Array.from({ length: 12 }, (_, index) => 22 + index));
    const mended = await look(text, { recipe: mending({ finding: 'label-twins' }) });
    expect(mended.find('label-twins')).toBeUndefined();
    expect(mended.counts.mended).toEqual([{ finding: 'label-twins', rows: 12 }]);
    expect(mended.dataset.labels).toEqual(['-1', '1', 'c', 'c++', 'card payment']);
  });

  it('joins case, width, outer and inner spaces and Unicode forms where labels are not tidied already', async () => {
    const text = header + clean('caf\u00e9 bar', 20) + clean('cafe\u0301 bar', 11) + clean('CAF\u00c9 BAR', 12) + clean('ｃａｆé bar', 13) + clean('caf\u00e9  bar ', 14) + clean('b', 20);
    const { find } = await look(text, { recipe: recipeOf({ data: { tidyLabels: false } }) });
    expect(find('label-twins')).toMatchObject({ rows: 50 });
    expect(find('label-twins')?.twins).toHaveLength(1);
    const mended = await look(text, { recipe: recipeOf({ data: { tidyLabels: false, mends: [{ finding: 'label-twins' }] } }) });
    expect(mended.dataset.labels).toEqual(['b', 'caf\u00e9 bar']);
  });

  it('lists rare classes and classes missing from a side', async () => {
    const { find } = await look(base + clean('few', 9) + clean('one', 1));
    expect(find('rare-classes')).toMatchObject({ rows: 10, below: 10, labels: [{ label: 'one', rows: 1 }, { label: 'few', rows: 9 }] });
    expect(find('missing-from-side')).toMatchObject({ rows: 1, labels: [{ label: 'one', sides: ['validation', 'test'] }] });
    const withTest = await look(base, { test: header + clean('a', 10, 60) });
    expect(withTest.find('missing-from-side')).toMatchObject({ rows: 40, labels: [{ label: 'b', sides: ['test'] }] });
  });

  it('counts exact and folded copies and keeps the first of each', async () => {
    const text = `${base}Good value here,a\nGood value here,a\n"good  value, here!",a\nＧＯＯＤ value here。,a\nprice 1.5 today,a\nprice 15 today,a\nall fine :),b\nall fine :(,b\n`;
    const { find, counts } = await look(text);
    expect(find('duplicates')).toMatchObject({ rows: 3, exact: 1, folded: 2 });
    expect(rowsOf(find('duplicates'))).toEqual([83, 84, 85]);
    const mended = await look(text, { recipe: mending({ finding: 'duplicates' }) });
    expect(mended.findings).toEqual([]);
    expect(mended.counts.rows.used).toBe(counts.rows.used - 3);
    expect(mended.counts.setAside.map(({ row, reason }) => [row, reason])).toEqual([[83, 'duplicate'], [84, 'duplicate'], [85, 'duplicate']]);
  });

  it('never puts copies on two sides, so that only a test file can leak', async () => {
    const copies = Array.from({ length: 40 }, (_, index) => `say ${words[index % 14]} ${words[Math.floor(index / 14)]},a\n"Say, ${words[index % 14]} ${words[Math.floor(index / 14)]}!",b\n`).join('');
    for (let seed = 0; seed < 10; seed += 1) {
      const { find } = await look(base + copies, { recipe: recipeOf({ seed, split: { testFraction: 0.3, validationFraction: 0.3 } }) });
      expect(find('leaks')).toBeUndefined();
      expect(find('conflicts')).toMatchObject({ texts: 40, rows: 80 });
    }
  });

  it('finds what a test file shares with the training file, and takes it out of either', async () => {
    const test = `${header}"Amber, amber of a!",a\nBIRCH amber of a,a\nsomething new entirely,b\n${clean('b', 10, 60)}`;
    const { find, counts } = await look(base, { test });
    expect(find('leaks')).toMatchObject({ rows: 2, test: { rows: 2, of: 13 }, validation: { rows: 0 }, fromTestFile: true });
    expect(find('leaks')?.examples.map(({ file, row }) => [file, row])).toEqual([['test', 2], ['test', 3]]);
    const fromData = await look(base, { test, recipe: mending({ finding: 'leaks', from: 'data' }) });
    expect(fromData.find('leaks')).toBeUndefined();
    expect(fromData.counts.rows).toMatchObject({ test: counts.rows.test, setAside: 2 });
    const fromTest = await look(base, { test, recipe: mending({ finding: 'leaks', from: 'test' }) });
    expect(fromTest.find('leaks')).toBeUndefined();
    expect(fromTest.counts.rows).toMatchObject({ test: counts.rows.test - 2, setAside: 2 });
  });

  it('finds what given sides share, and takes it out of either', async () => {
    const part = (name: string, count: number, from: number) => clean('a', count, from).replaceAll(',a\n', `,a,${name}\n`) + clean('b', count, from).replaceAll(',b\n', `,b,${name}\n`);
    const text = `text,label,part\n${part('train', 20, 0)}${part('dev', 10, 40)}${part('test', 10, 60)}"Amber, amber of a!",a,dev\nBIRCH amber of a,a,test\n${words[40 % 14]} ${words[2]} of a,a,test\n`;
    const by = { kind: 'side', column: 'part' } as const;
    const { find, counts } = await look(text, { recipe: recipeOf({ split: { by } }) });
    expect(find('leaks')).toMatchObject({ rows: 3, test: { rows: 2, of: 22 }, validation: { rows: 1, of: 21 }, fromTestFile: false, canMend: true });
    expect(rowsOf(find('leaks'))).toEqual([82, 83, 84]);
    const lookMended = (from: 'data' | 'test') => look(text, { recipe: recipeOf({ split: { by }, data: { mends: [{ finding: 'leaks', from }] } }) });
    const fromTest = await lookMended('test');
    expect(fromTest.find('leaks')).toBeUndefined();
    expect(fromTest.counts.rows).toMatchObject({ train: counts.rows.train, validation: counts.rows.validation - 1, test: counts.rows.test - 2 });
    const fromData = await lookMended('data');
    expect(fromData.find('leaks')).toBeUndefined();
    expect(fromData.counts.rows).toMatchObject({ train: counts.rows.train - 2, validation: counts.rows.validation - 1, test: counts.rows.test });
  });

  it('finds texts with several labels, also across files', async () => {
    const text = `${base}twice told tale,a\nTwice told tale.,b\n`;
    const { find } = await look(text);
    expect(find('conflicts')).toMatchObject({ texts: 1, rows: 2 });
    expect(rowsOf(find('conflicts'))).toEqual([82, 83]);
    const mended = await look(text, { recipe: mending({ finding: 'conflicts' }) });
    expect(mended.findings).toEqual([]);
    expect(mended.counts.rows.setAside).toBe(2);
    const across = await look(base, { test: `${header}amber amber of a,b\n${clean('a', 10, 60)}` });
    expect(across.find('conflicts')).toMatchObject({ texts: 1, rows: 2 });
  });

  it('finds empty and nearly empty texts; a Chinese word of two characters says something', async () => {
    const text = `${base}ok,a\n!!!,b\n好,a\n不错,a\n5/5,b\nyes,a\n,a\n" ",b\n`;
    const { find } = await look(text);
    expect(find('short-texts')).toMatchObject({ rows: 4, empty: 2 });
    expect(rowsOf(find('short-texts'))).toEqual([82, 83, 84, 86]);
    const mended = await look(text, { recipe: mending({ finding: 'short-texts' }) });
    expect(mended.findings).toEqual([]);
    expect(mended.counts.rows).toMatchObject({ used: 82, setAside: 6 });
  });

  it('says where labels are out of balance', async () => {
    const much = await look(header + clean('a', 150) + clean('b', 15));
    expect(much.find('imbalance')).toMatchObject({ commonest: { label: 'a', rows: 150 }, rarest: { label: 'b', rows: 15 }, rows: 15 });
    expect((await look(header + clean('a', 149) + clean('b', 15))).find('imbalance')?.share).toBeCloseTo(149 / 164);
    expect((await look(header + clean('a', 120) + clean('b', 15))).findings).toEqual([]);
  });

  it('tells a label column that looks like an id', async () => {
    const text = header + Array.from({ length: 60 }, (_, index) => `${words[index % 14]} number ${index},id ${Math.floor(index / 2)}\n`).join('');
    expect((await look(text)).find('label-like-id')).toMatchObject({ column: 'label', labels: 30, rows: 60, once: 0 });
    const fine = header + Array.from({ length: 25 }, (_, index) => clean(`topic ${index}`, 10)).join('');
    expect((await look(fine)).find('label-like-id')).toBeUndefined();
  });

  it('passes on what is cut and unknown', async () => {
    const tokens = { baseModel: 'this', maxLength: 64, cutRows: 2, cutTokenShare: 0.2, unknownTokenShare: 0.3, better: { baseModel: 'other', unknownTokenShare: 0.01 }, raised: { maxLength: 100, times: 1.5 }, rows: [5, 7] };
    const { find } = await look(base, { tokens });
    expect(find('cut-texts')).toMatchObject({ rows: 2, maxLength: 64, tokenShare: 0.2, keptEnd: false, raised: { maxLength: 100, times: 1.5 } });
    expect(rowsOf(find('cut-texts'))).toEqual([5, 7]);
    expect(find('unknown-tokens')).toMatchObject({ baseModel: 'this', share: 0.3, better: { baseModel: 'other', unknownTokenShare: 0.01 } });
    const few = { ...tokens, cutTokenShare: 0.001, unknownTokenShare: 0.01 };
    expect((await look(base, { tokens: few })).findings).toEqual([]);
  });

  it('leaves out what is too long, in the file that it is in', async () => {
    const recipe = mending({ finding: 'cut-texts' });
    const choice = { hasHeader: true };
    const [table, test] = [await read(base, { choice }), await read(header + clean('a', 10, 60), { choice })];
    const { counts } = await prepareDataset(table, recipe, { testTable: test, tooLong: { data: new Set([5, 7]), test: new Set([3]) } });
    expect(counts.mended).toEqual([{ finding: 'cut-texts', rows: 3 }]);
    expect(counts.setAside.map(({ row, reason }) => [row, reason])).toEqual([[5, 'too-long'], [7, 'too-long'], [3, 'too-long']]);
  });

  it('finds personal data, shows it masked, and masks it in the texts on request', async () => {
    const text = `${base}write to jane.doe@example.org now,a\ncall +44 20 7946 0958 or 13800138000,b\ncard 4111 1111 1111 1111 please,a\nmy id 11010519491231002X ok,b\nssn 123-45-6789 and x@y.io,a\n`;
    const { find } = await look(text);
    const found = find('personal-data');
    expect(found).toMatchObject({ rows: 5, kinds: { email: 2, phone: 1, card: 1, identity: 2 } });
    expect(found?.examples.map((row) => row.text)).toEqual([
      'write to [EMAIL] now',
      'call [PHONE] or [PHONE]',
      'card [CARD] please',
      'my id [ID] ok',
      'ssn [ID] and [EMAIL]',
    ]);
    const mended = await look(text, { recipe: mending({ finding: 'personal-data' }) });
    expect(mended.findings).toEqual([]);
    expect(mended.counts.rows.setAside).toBe(0);
    const texts = [...mended.dataset.train, ...mended.dataset.validation, ...mended.dataset.test].map((row) => row.text);
    expect(texts.some((cell) => cell.includes('@') || /\d{4}/.test(cell))).toBe(false);
  });

  it('mends in one order, whatever order was chosen, and the same every time', async () => {
    const text = `${base}ask a@b.com today,a\nask c@d.com today,a\nok,b\n`;
    const mends = [{ finding: 'duplicates' }, { finding: 'short-texts' }, { finding: 'personal-data' }] as const;
    const one = await look(text, { recipe: mending(...mends) });
    const other = await look(text, { recipe: mending(...[...mends].reverse()) });
    expect(other.dataset).toEqual(one.dataset);
    expect(one.counts.mended).toEqual([{ finding: 'personal-data', rows: 2 }, { finding: 'short-texts', rows: 1 }, { finding: 'duplicates', rows: 1 }]);
    expect(one.findings).toEqual([]);
  });
});
