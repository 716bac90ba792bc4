import { describe, expect, it } from 'vitest';
import type { ErrorCode, ErrorData, ErrorFacts } from '../../domain';
import { en } from './en';
import { errorText, messagesFor } from './index';
import { zh } from './zh';

/** Facts as they could be, one set a code: a new code does not compile until it has one here. */
const facts: { [Code in ErrorCode]: ErrorFacts[Code] } = {
  'data.no-rows': { file: 'a.csv', kind: 'header-only', columns: ['text', 'label'] },
  'data.one-column': { file: 'a.csv', columns: ['text'] },
  'data.too-few-classes': { column: 'label', rows: 50, value: 'x', candidates: ['other'] },
  'data.too-many-classes': { column: 'id', rows: 8000, classes: 8000, candidates: [] },
  'data.too-few-rows': { rows: 1, needed: 10 },
  'data.mixed-encoding': { file: 'a.csv', encoding: 'utf-8', row: 52, byte: 3357, likely: 'GBK', unreadable: 30, sample: '味道不错,好评' },
  'data.unclosed-quote': { file: 'a.csv', row: 42, column: 'text', byte: 900, rowsBefore: 40, line: '"an open quote,a' },
  'data.empty-side': { column: 'user', kind: 'group', side: 'test', rows: 40 },
  'data.missing-column': { file: 'a.csv', column: 'x', columns: ['a', 'b'] },
  'data.nothing-usable': { file: 'a.csv', rows: 10, setAside: 10 },
  'data.unknown-label': { file: 'b.csv', row: 3, label: 'new' },
  'data.unreadable-file': { file: 'a.csv', reason: 'NotReadableError' },
  'data.damaged-file': { file: 'a.xlsx', rule: 'bad-cell', part: 'Sheet1', row: 3, cell: 'B3', byte: null },
  'model.bad-file': { file: 'm.safetensors', rule: 'overlap', tensor: 'a', other: 'b', begin: 0, end: 4096 },
  'model.unsupported': { file: 'config.json', modelType: 'llama', supported: ['bert', 'distilbert'] },
  'model.bad-config': { file: 'config.json', field: 'hidden_size', value: '1e9' },
  'model.tensors-differ': { missing: ['a'], unexpected: [], misshapen: ['b'] },
  'model.missing-file': { file: 'tokenizer.json' },
  'download.incomplete': { file: 'm.part-1', receivedBytes: 38e6, totalBytes: 91e6, status: null },
  'download.wrong-bytes': { file: 'm.part-1', expectedHash: '0123456789', actualHash: 'abcdef0123' },
  'device.unavailable': { tried: [{ backend: 'tfjs-webgpu', reason: 'no-adapter' }] },
  'device.refused': { backend: 'tfjs-webgpu', reason: 'no-adapter' },
  'run.diverged': { step: 37, learningRate: 1, tensor: 'layer.3.weight', bestStep: 30 },
  'device.out-of-memory': { device: 'CPU', bytes: 1_000_000 },
  'run.wrong-numbers': { device: 'Tester 3000', rows: 32, difference: 0.3, allowed: 0.01 },
  'recipe.invalid': { field: 'seed', value: '-1', rule: '>= 0' },
  'export.differs': { rows: 49, differing: 2, largestDifference: 0.01, limit: 0.001 },
  'storage.full': { neededBytes: 8e8, freeBytes: 3.1e8 },
  'storage.damaged': { file: 'run.json' },
  'project.open-elsewhere': {},
  'worker.crashed': { worker: 'training', doing: 'train' },
  cancelled: {},
  unexpected: { detail: 'TypeError: x' },
};

function keysOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, entry]) => keysOf(entry, `${path}.${key}`));
}

describe('messages', () => {
  it('has the same keys in both languages, none of them empty', () => {
    expect(keysOf(zh).sort()).toEqual(keysOf(en).sort());
    const empty = (value: unknown): boolean =>
      typeof value === 'string' ? value.trim() === '' : typeof value === 'object' && Object.values(value ?? {}).some(empty);
    expect(empty(en)).toBe(false);
    expect(empty(zh)).toBe(false);
  });

  for (const language of ['en', 'zh'] as const) {
    it.each(Object.entries(facts))(`says in ${language} what %s means and what to do`, (code, data) => {
      const text = errorText(messagesFor(language), { code, facts: data } as ErrorData);
      expect(text.cause.length).toBeGreaterThan(4);
      expect(text.todo.length).toBeGreaterThan(4);
      for (const words of [text.cause, text.place ?? '', text.todo]) {
        expect(words).not.toMatch(/undefined|NaN|\[object/);
      }
      if (language === 'zh') expect(text.cause).toMatch(/\p{Script=Han}/u);
    });
  }

  it('says each way of holding no rows', () => {
    const causes = (['zero-bytes', 'header-only', 'blank-lines', 'not-a-table', 'empty-list'] as const).map(
      (kind) => en.errors['data.no-rows']({ file: 'a.csv', kind, looksLike: 'PNG', columns: ['x'] }).cause,
    );
    expect(new Set(causes).size).toBe(5);
    expect(causes[3]).toContain('PNG');
  });

  it('uses the plural where there is more than one', () => {
    expect(en.data.summary(1, 2)).toBe('1 row, 2 labels');
    expect(en.result.right(1, 2)).toBe('Right 1 time in 2.');
    expect(en.result.baseline('x', 13, 1000)).toBe('Always answering “x” would be right 1 time in 100.');
    expect(en.result.right(930, 1000)).toBe('Right 93 times in 100.');
  });
});
