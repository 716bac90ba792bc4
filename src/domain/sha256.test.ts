import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Sha256, sha256Hex } from './sha256';

const expected = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const pattern = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 7919) >>> 3);

describe('SHA-256', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is that of the standard for every length round the block borders', () => {
    for (let length = 0; length < 200; length += 1) {
      expect(new Sha256().update(pattern(length)).hex()).toBe(expected(pattern(length)));
    }
  });

  it('does not depend on where the pieces are cut', () => {
    const bytes = pattern(100_003);
    for (const size of [1, 63, 64, 65, 1000]) {
      const hash = new Sha256();
      for (let begin = 0; begin < bytes.length; begin += size) hash.update(bytes.subarray(begin, begin + size));
      expect(hash.hex()).toBe(expected(bytes));
    }
  });

  it('reads views and shared memory, with the platform and without', async () => {
    const view = pattern(1000).subarray(3, 777);
    const shared = new Uint8Array(new SharedArrayBuffer(774));
    shared.set(view);
    expect(await sha256Hex(view)).toBe(expected(view));
    expect(await sha256Hex(shared)).toBe(expected(view));
    vi.stubGlobal('crypto', {});
    expect(await sha256Hex(view)).toBe(expected(view));
  });
});
