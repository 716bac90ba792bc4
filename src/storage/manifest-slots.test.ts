import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { ManifestSlots } from './manifest-slots';
import { MemoryStorage } from './memory-storage';

async function written(...bodies: { value: string }[]) {
  const storage = new MemoryStorage();
  const slots = new ManifestSlots(storage, 'm', v.object({ value: v.string() }));
  for (const body of bodies) await slots.write(body);
  const change = async (slot: number, from: string, to: string) => {
    const text = new TextDecoder().decode((await storage.readBytes(`m.${slot}.json`)) ?? undefined);
    expect(text).toContain(from);
    await storage.writeBytes(`m.${slot}.json`, new TextEncoder().encode(text.replace(from, to)));
  };
  return { storage, slots, change };
}

const [old, middle, newest] = [{ value: 'old' }, { value: 'middle' }, { value: 'newest' }];

describe('manifest slots', () => {
  it('give the newest of any number of writes', async () => {
    expect(await (await written()).slots.read()).toBeNull();
    expect(await (await written(old)).slots.read()).toEqual(old);
    expect(await (await written(old, middle)).slots.read()).toEqual(middle);
    expect(await (await written(old, middle, newest)).slots.read()).toEqual(newest);
  });

  it.each([
    ['a changed body', 'newest', 'nearest'],
    ['a changed sequence', '"sequence":3', '"sequence":9'],
    ['a lost end', '"}', ''],
  ])('with %s count as not written', async (_what, from, to) => {
    const { slots, change } = await written(old, middle, newest);
    await change(1, from, to);
    expect(await slots.read()).toEqual(middle);
    await slots.write(newest);
    expect(await slots.read()).toEqual(newest);
  });

  it('are damaged when neither is whole, or the whole one is of another shape', async () => {
    const { slots, change, storage } = await written(old, middle);
    await change(0, 'middle', 'x');
    await change(1, 'old', 'x');
    await expect(slots.read()).rejects.toMatchObject({ code: 'storage.damaged', facts: { file: 'm.json' } });
    await slots.write(newest);
    expect(await slots.read()).toEqual(newest);
    const other = new ManifestSlots(storage, 'm', v.object({ other: v.number() }));
    await expect(other.read()).rejects.toMatchObject({ code: 'storage.damaged' });
    await other.write({ other: 1 });
    expect(await other.read()).toEqual({ other: 1 });
  });

  it('are empty after a first write that did not end', async () => {
    const { slots, storage, change } = await written(old);
    await change(1, '"}', '');
    expect(await slots.read()).toBeNull();
    expect((await storage.list('')).map(({ name }) => name)).toEqual(['m.1.json']);
  });
});
