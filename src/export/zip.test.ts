import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readZip, zipEntries } from './zip';

const text = (content: string) => new TextEncoder().encode(content);

/** Deflated, made by Python's zipfile: a folder `a/` and `a/b.txt` of 100 times "x". */
const madeInPython = Buffer.from(
  'UEsDBBQAAAAAAAAAIQAAAAAAAAAAAAAAAAACAAAAYS9QSwMEFAAAAAgAAAAhAI9dDl4GAAAAZAAAAAcAAABhL2IudHh0q6igPQAAUEsBAhQDFAAAAAAAAAAhAAAAAAAAAAAAAAAAAAIAAAAAAAAAAAAAAIABAAAAAGEvUEsBAhQDFAAAAAgAAAAhAI9dDl4GAAAAZAAAAAcAAAAAAAAAAAAAAIABIAAAAGEvYi50eHRQSwUGAAAAAAIAAgBlAAAASwAAAAAA',
  'base64',
);

const entries = [
  { name: 'README.md', content: text('# 好\n') },
  { name: 'empty', content: new Uint8Array(0) },
  { name: 'model.safetensors', content: [new Uint8Array(1000).fill(1), new Uint8Array(3).fill(2)] },
];

async function blobOf(stream: ReadableStream<Uint8Array>): Promise<Blob> {
  return new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).blob();
}

describe('archives', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('are read as they were written', async () => {
    const files = await readZip(await blobOf(zipEntries(entries)), 'a.zip');
    expect([...files.keys()]).toEqual(['README.md', 'empty', 'model.safetensors']);
    expect(files.get('README.md')).toEqual(text('# 好\n'));
    expect(files.get('model.safetensors')?.length).toBe(1003);
  });

  it('need no worker, no blob address and no WebAssembly', async () => {
    const forbidden = () => { throw new Error('forbidden by the policy'); };
    // Without fetch there is no WebAssembly either: this entry of the library has none inside.
    vi.stubGlobal('fetch', forbidden);
    vi.stubGlobal('Worker', class { constructor() { forbidden(); } });
    const createObjectURL = vi.spyOn(URL, 'createObjectURL').mockImplementation(forbidden);
    expect((await readZip(await blobOf(zipEntries(entries)), 'a.zip')).size).toBe(3);
    expect((await readZip(new Blob([madeInPython]), 'a.zip')).get('a/b.txt')).toEqual(text('x'.repeat(100)));
    createObjectURL.mockRestore();
  });

  it('are read by Python, stored and whole', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'zip-'));
    try {
      const path = join(folder, 'a.zip');
      writeFileSync(path, Buffer.from(await (await blobOf(zipEntries(entries))).arrayBuffer()));
      const script = 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print([(i.filename, i.file_size, i.compress_type) for i in z.infolist()])';
      const said = execFileSync('python3', ['-c', script, path], { encoding: 'utf8' }).trim();
      expect(said).toBe("[('README.md', 6, 0), ('empty', 0, 0), ('model.safetensors', 1003, 0)]");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('are written no faster than they are read', async () => {
    let given = 0;
    const chunks = (function* () {
      for (; given < 1000; given += 1) yield new Uint8Array(1 << 16);
    })();
    const reader = zipEntries([{ name: 'a', content: chunks }]).getReader();
    for (let count = 0; count < 5; count += 1) await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 50));
    // The library's streams hold a few megabytes.
    expect(given).toBeLessThan(100);
    await reader.cancel();
  });

  it('break where an entry breaks', async () => {
    const failing = (async function* () {
      yield { name: 'a', content: text('a') };
      throw new Error('no weights');
    })();
    await expect(blobOf(zipEntries(failing))).rejects.toThrow();
  });

  it.each<[string, (good: Buffer) => Buffer]>([
    ['no archive', () => Buffer.from('hello')],
    ['nothing', () => Buffer.alloc(0)],
    ['cut short', (good) => good.subarray(0, -40)],
    ['damaged', (good) => { const bad = Buffer.from(good); bad[bad.indexOf('# ')] = 0; return bad; }],
  ])('are refused when they are %s', async (_what, spoil) => {
    const good = Buffer.from(await (await blobOf(zipEntries(entries))).arrayBuffer());
    await expect(readZip(new Blob([new Uint8Array(spoil(good))]), 'a.zip')).rejects.toMatchObject({ code: 'data.unreadable-file', facts: { file: 'a.zip' } });
  });

  it('are refused when they claim to unpack to more than a tab can hold', async () => {
    const bomb = Buffer.from(madeInPython);
    const central = bomb.lastIndexOf('PK\x01\x02');
    bomb.writeUInt32LE(4_000_000_000, central + 24);
    await expect(readZip(new Blob([bomb]), 'a.zip')).rejects.toMatchObject({ facts: { reason: '4000000000 bytes unpacked' } });
  });
});
