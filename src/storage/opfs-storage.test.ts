import { afterEach, describe, expect, it, vi } from 'vitest';
import { openStorage, persist } from './opfs-storage';
import { modelCache } from './model-cache';
import type { ProjectStorage } from './project-storage';

/** The file system interface as far as it is used, in memory; its handles can be made to misbehave. */
class FakeFile {
  kind = 'file' as const;
  bytes = new Uint8Array(0);
  constructor(private readonly faults: Faults) {}
  async getFile() {
    return new File([this.bytes], 'f');
  }
  async createSyncAccessHandle() {
    if (this.faults.lockedCalls > 0) {
      this.faults.lockedCalls -= 1;
      throw new DOMException('held', 'NoModificationAllowedError');
    }
    this.faults.openHandles += 1;
    let open = true;
    return {
      getSize: () => this.bytes.length,
      truncate: (size: number) => void (this.bytes = this.bytes.slice(0, size)),
      write: (given: Uint8Array, { at }: { at: number }) => {
        if (this.faults.throwOnWrite) throw new DOMException('no room', 'QuotaExceededError');
        const room = Math.max(0, this.faults.room - at);
        const taken = given.subarray(0, room);
        const grown = new Uint8Array(Math.max(this.bytes.length, at + taken.length));
        grown.set(this.bytes);
        grown.set(taken, at);
        this.bytes = grown;
        return taken.length;
      },
      flush: () => undefined,
      close: () => {
        if (open) this.faults.openHandles -= 1;
        open = false;
      },
    };
  }
}

class FakeFolder {
  kind = 'directory' as const;
  readonly children = new Map<string, FakeFile | FakeFolder>();
  constructor(private readonly faults: Faults) {}
  async getFileHandle(name: string, { create = false } = {}) {
    return this.child(name, create, FakeFile);
  }
  async getDirectoryHandle(name: string, { create = false } = {}) {
    return this.child(name, create, FakeFolder);
  }
  async removeEntry(name: string) {
    if (!this.children.delete(name)) throw new DOMException('none', 'NotFoundError');
  }
  async *entries() {
    yield* this.children;
  }
  private child<Kind extends FakeFile | FakeFolder>(name: string, create: boolean, Kind: new (faults: Faults) => Kind): Kind {
    const found = this.children.get(name);
    if (found instanceof Kind) return found;
    if (found !== undefined) throw new DOMException('other kind', 'TypeMismatchError');
    if (!create) throw new DOMException('none', 'NotFoundError');
    const made = new Kind(this.faults);
    this.children.set(name, made);
    return made;
  }
}

interface Faults {
  lockedCalls: number;
  room: number;
  throwOnWrite: boolean;
  openHandles: number;
}

async function opened(): Promise<{ storage: ProjectStorage; faults: Faults }> {
  const faults: Faults = { lockedCalls: 0, room: Infinity, throwOnWrite: false, openHandles: 0 };
  const root = new FakeFolder(faults);
  vi.stubGlobal('navigator', {
    storage: { getDirectory: async () => root, estimate: async () => ({ usage: 70, quota: 100 }), persisted: async () => true },
  });
  const storage = await openStorage();
  if (storage === null) throw new Error('refused');
  return { storage, faults };
}

const bytesOf = (...values: number[]) => Uint8Array.from(values);

describe('storage on the file system', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('writes, replaces by something shorter, reads, lists and removes', async () => {
    const { storage, faults } = await opened();
    expect(await storage.list('')).toEqual([]);
    expect(await storage.writeBytes('a/b/c', [bytesOf(1, 2), bytesOf(3)])).toBe(3);
    expect(await storage.writeBytes('a/b/c', bytesOf(9))).toBe(1);
    expect(await storage.readBytes('a/b/c')).toEqual(bytesOf(9));
    await storage.append('a/log', '好\n');
    await storage.append('a/log', 'x\n');
    const pieces: number[] = [];
    for await (const piece of (await storage.readChunks('a/log')) ?? []) pieces.push(...piece);
    expect(Buffer.from(pieces).toString()).toBe('好\nx\n');
    expect(await storage.list('a')).toEqual([{ name: 'b', kind: 'folder', bytes: 0 }, { name: 'log', kind: 'file', bytes: 6 }]);
    expect(await storage.remove('a')).toBe(7);
    expect(await storage.remove('a')).toBe(0);
    expect(await storage.readBytes('a/b/c')).toBeNull();
    expect(await storage.readChunks('a/b/c')).toBeNull();
    await storage.writeBytes('d', bytesOf(1, 2, 3));
    expect(await storage.remove('')).toBe(3);
    expect(faults.openHandles).toBe(0);
  });

  it('refuses paths that lead elsewhere', async () => {
    const { storage } = await opened();
    for (const path of ['../x', 'a//b', '/a', 'a/./b']) await expect(storage.readBytes(path)).rejects.toThrow('bad path');
  });

  it('waits for a file that another handle holds', async () => {
    const { storage, faults } = await opened();
    faults.lockedCalls = 3;
    expect(await storage.writeBytes('a', bytesOf(1))).toBe(1);
    faults.lockedCalls = Infinity;
    await expect(storage.writeBytes('a', bytesOf(2))).rejects.toMatchObject({ name: 'NoModificationAllowedError' });
    expect(await storage.readBytes('a')).toEqual(bytesOf(1));
  }, 10_000);

  it.each([
    ['throws', (faults: Faults) => void (faults.throwOnWrite = true)],
    ['takes fewer bytes than given', (faults: Faults) => void (faults.room = 2)],
  ])('fault 20: a full disk that %s is storage.full, and leaves no partial file', async (_what, fault) => {
    const { storage, faults } = await opened();
    fault(faults);
    await expect(storage.writeBytes('a', bytesOf(1, 2, 3))).rejects.toMatchObject({ code: 'storage.full', facts: { freeBytes: 30 } });
    expect(await storage.readBytes('a')).toBeNull();
    await expect(storage.append('log', 'abc')).rejects.toMatchObject({ code: 'storage.full', facts: { neededBytes: 3, freeBytes: 30 } });
    expect(faults.openHandles).toBe(0);
  });

  it('lets the file go when the chunks themselves fail', async () => {
    const { storage, faults } = await opened();
    const failing = (function* () {
      yield bytesOf(1);
      throw new Error('no more');
    })();
    await expect(storage.writeBytes('a', failing)).rejects.toThrow('no more');
    expect(await storage.readBytes('a')).toBeNull();
    expect(faults.openHandles).toBe(0);
  });

  it('fault 20: a private window that refuses is null', async () => {
    for (const storage of [undefined, {}, { getDirectory: async () => { throw new DOMException('no', 'SecurityError'); } }]) {
      vi.stubGlobal('navigator', { storage });
      expect(await openStorage()).toBeNull();
      expect(await persist()).toBe(false);
    }
  });

  it('asks for persistence where it can, and reads it where it cannot', async () => {
    await opened();
    expect(await persist()).toBe(true);
    vi.stubGlobal('navigator', { storage: { persist: async () => false, persisted: async () => true } });
    expect(await persist()).toBe(false);
  });

  it('keeps pieces of models by their hash', async () => {
    const { storage } = await opened();
    const cache = modelCache(storage);
    const hash = 'a'.repeat(64);
    expect(await cache.get(hash)).toBeNull();
    await cache.put(hash, bytesOf(1));
    expect(await cache.get(hash)).toEqual(bytesOf(1));
    await expect(async () => cache.get('../x')).rejects.toThrow('not a SHA-256');
  });
});
