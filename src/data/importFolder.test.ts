import { describe, expect, it } from 'vitest';
import { importFolder } from './importFolder';
import { bytesOf, latin1, rowsOf } from './testTable';

function folder(files: Record<string, string | Uint8Array>) {
  return Object.entries(files).map(([path, content]) => {
    const bytes = typeof content === 'string' ? bytesOf(content) : content;
    return { path, size: bytes.length, read: () => Promise.resolve(bytes) };
  });
}

describe('a folder of text files', () => {
  it('is read as an archive of it would be', async () => {
    const files = folder({ 'pos/1.txt': 'good\nfood', 'neg/2.txt': latin1('tr\xe8s d\xe9j\xe0 vu'), 'neg/.DS_Store': 'x', 'neg/3.txt': '' });
    const shares: number[] = [];
    const table = await importFolder('reviews', files, { onProgress: ({ fraction }) => shares.push(fraction) });
    expect(rowsOf(table)).toEqual([
      ['good\nfood', 'pos', 'pos/1.txt'],
      ['très déjà vu', 'neg', 'neg/2.txt'],
      ['', 'neg', 'neg/3.txt'],
    ]);
    expect(table).toMatchObject({ fileName: 'reviews', fileBytes: 22, rowsInFile: 3, dialect: { format: 'text-zip' } });
    expect(shares).toEqual([1]);
  });

  it('fault 1: refuses one without folders in it, and one that is empty', async () => {
    const refusal = { code: 'data.no-rows', facts: { file: 'reviews', kind: 'not-a-table', looksLike: 'folder' } };
    await expect(importFolder('reviews', folder({ '1.txt': 'x' }))).rejects.toMatchObject(refusal);
    await expect(importFolder('reviews', [])).rejects.toMatchObject(refusal);
    await expect(importFolder('reviews', folder({ 'a/.hidden': 'x' }))).rejects.toMatchObject(refusal);
  });

  it('counts empty files as nothing read, stops when asked, and refuses what no tab can hold', async () => {
    const empty = await importFolder('reviews', folder({ 'a/1.txt': '' }), { onProgress: ({ fraction }) => expect(fraction).toBe(1) });
    expect(empty.rowsInFile).toBe(1);
    const stopped = AbortSignal.abort();
    await expect(importFolder('reviews', folder({ 'a/1.txt': 'x' }), { signal: stopped })).rejects.toMatchObject({ code: 'cancelled' });
    const huge = [{ path: 'a/1.txt', size: 2e9, read: () => Promise.reject(new Error('read')) }];
    await expect(importFolder('reviews', huge)).rejects.toMatchObject({ code: 'data.damaged-file', facts: { rule: 'too-large' } });
  });
});
