import { describe, expect, it } from 'vitest';
import { compareLogits, parseExportedFolder } from './check';
import { contextOf, filesOf } from './huggingface/context.fixture';
import { huggingFaceExporter } from './huggingface';

async function exported(labels?: string[]): Promise<Map<string, Uint8Array>> {
  return filesOf(huggingFaceExporter.files(contextOf(labels === undefined ? {} : { labels })));
}

async function withConfig(change: Record<string, unknown>): Promise<Map<string, Uint8Array>> {
  const files = await exported();
  const config: object = JSON.parse(new TextDecoder().decode(files.get('config.json')));
  return files.set('config.json', new TextEncoder().encode(JSON.stringify({ ...config, ...change })));
}

describe('an exported folder read back', () => {
  it('gives labels, weights and tokenizer, whatever the labels are called', async () => {
    const labels = ['__proto__', 'constructor', '10', '2', 'toString', '"a" \\ \u2028', '好'];
    const folder = parseExportedFolder(await exported(labels));
    expect(folder.labels).toEqual(labels);
    expect(folder.tensors.get('classifier.weight')?.shape).toEqual([2, 3]);
    expect(folder.tokenizerConfig['model_max_length']).toBe(64);
    expect(folder.config.architectures).toEqual(['BertForSequenceClassification']);
    expect(folder.tokenizerJson['version']).toBe('1.0');
  });

  it.each(['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json'])('misses %s', async (name) => {
    const files = await exported();
    files.delete(name);
    expect(() => parseExportedFolder(files)).toThrow('model.missing-file');
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['another architecture', { architectures: ['BertModel'] }, 'architectures.0'],
    ['two architectures', { architectures: ['BertForSequenceClassification', 'BertForSequenceClassification'] }, 'architectures'],
    ['labels as a list', { id2label: ['a', 'b'] }, 'id2label'],
    ['ids that do not count from 0', { id2label: { 1: 'no', 2: 'yes' } }, 'id2label'],
    ['maps that are not inverse', { label2id: { no: 1, yes: 0 } }, 'label2id'],
    ['a label too many', { label2id: { no: 0, yes: 1, other: 2 } }, 'label2id'],
    ['one label', { id2label: { 0: 'no' }, label2id: { no: 0 } }, 'id2label'],
    ['another problem type', { problem_type: 'other' }, 'problem_type'],
  ])('refuses %s', async (_what, change, field) => {
    const files = await withConfig(change);
    expect(() => parseExportedFolder(files)).toThrow(expect.objectContaining({ code: 'model.bad-config', facts: expect.objectContaining({ file: 'config.json', field }) }));
  });

  it('refuses weights that break a rule, and what is not JSON', async () => {
    const files = await exported();
    expect(() => parseExportedFolder(new Map(files).set('model.safetensors', new Uint8Array(3)))).toThrow('model.bad-file');
    expect(() => parseExportedFolder(new Map(files).set('tokenizer.json', Uint8Array.of(0x7b)))).toThrow('model.bad-config');
    expect(() => parseExportedFolder(new Map(files).set('config.json', Uint8Array.of(0x5b, 0x5d)))).toThrow('model.bad-config');
  });
});

describe('comparing logits', () => {
  it('passes within the limit, the limit included', () => {
    expect(compareLogits([[1, 2], [3, 4]], [[1, 2.5], [3, 4]], 0.5)).toEqual({ rows: 2, differing: 0, largestDifference: 0.5 });
  });

  it('fails on a limit that is no number', () => {
    expect(() => compareLogits([[1]], [[1]], NaN)).toThrow('export.differs');
  });

  it.each<[string, number[][], number[][], number, number]>([
    ['a difference over the limit', [[1, 2], [3, 4]], [[1, 2], [3, 4.001]], 1, expect.closeTo(0.001, 9) as unknown as number],
    ['NaN read back', [[1, 2]], [[1, NaN]], 1, Infinity],
    ['NaN expected and read back', [[NaN, 2]], [[NaN, 2]], 1, Infinity],
    ['infinity on both sides', [[Infinity, 2]], [[Infinity, 2]], 1, Infinity],
    ['a row missing', [[1], [2]], [[1]], 1, Infinity],
    ['a row too many', [[1]], [[1], [2]], 1, Infinity],
    ['a logit missing', [[1, 2]], [[1]], 1, Infinity],
    ['nothing at all', [], [], 0, 0],
  ])('fails on %s', (_what, expected, actual, differing, largestDifference) => {
    expect(() => compareLogits(expected, actual)).toThrow(
      expect.objectContaining({ code: 'export.differs', facts: { rows: Math.max(expected.length, actual.length), differing, largestDifference, limit: 1e-4 } }),
    );
  });
});
