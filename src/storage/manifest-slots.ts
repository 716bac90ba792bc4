/**
 * A small JSON document that is replaced atomically on files that are not: two alternating slots with a sequence number
 * and a hash. The newest slot that is whole counts, so a write cut short anywhere leaves the document before it.
 */
import * as v from 'valibot';
import { AnnealError, sha256Hex } from '../domain';
import type { ProjectStorage } from './project-storage';

const slotSchema = v.object({
  sequence: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Of sequence, line break, body. */
  sha256: v.string(),
  body: v.string(),
});

type Slot = v.InferOutput<typeof slotSchema>;

export class ManifestSlots<Body> {
  /**
   * @param path without ending: the slots are `<path>.0.json` and `<path>.1.json`
   * @param schema of the document
   */
  constructor(
    private readonly storage: ProjectStorage,
    private readonly path: string,
    private readonly schema: v.GenericSchema<unknown, Body>,
  ) {}

  /** Null before the first write. @throws AnnealError `storage.damaged` */
  async read(): Promise<Body | null> {
    const slot = await this.newest();
    if (slot === null) return null;
    const checked = v.safeParse(this.schema, JSON.parse(slot.body));
    if (!checked.success) throw this.damaged();
    return checked.output;
  }

  /** What is there is replaced even where it is damaged: this is also how a person gets rid of it. */
  async write(body: Body): Promise<void> {
    const current = await this.newest().catch((error: unknown) => {
      if (error instanceof AnnealError && error.code === 'storage.damaged') return null;
      throw error;
    });
    const sequence = (current?.sequence ?? 0) + 1;
    const text = JSON.stringify(body);
    const slot: Slot = { sequence, sha256: await hashOf(sequence, text), body: text };
    // Never the slot that counts now: their sequences differ by one.
    await this.storage.writeBytes(this.slotPath(sequence % 2), new TextEncoder().encode(JSON.stringify(slot)));
  }

  private async newest(): Promise<Slot | null> {
    const bytes = [await this.storage.readBytes(this.slotPath(0)), await this.storage.readBytes(this.slotPath(1))];
    let newest: Slot | null = null;
    for (const slotBytes of bytes) {
      const slot = await wholeSlot(slotBytes);
      if (slot !== null && slot.sequence > (newest?.sequence ?? 0)) newest = slot;
    }
    // Slot 1 comes first. Torn and alone it is a first write that did not end; with a slot 0 beside it, one of the
    // two was whole once.
    if (newest === null && bytes[0] !== null) throw this.damaged();
    return newest;
  }

  private slotPath(index: number): string {
    return `${this.path}.${index}.json`;
  }

  private damaged(): AnnealError {
    return new AnnealError('storage.damaged', { file: `${this.path}.json` });
  }
}

async function wholeSlot(bytes: Uint8Array | null): Promise<Slot | null> {
  if (bytes === null) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
  const checked = v.safeParse(slotSchema, parsed);
  if (!checked.success) return null;
  const slot = checked.output;
  return (await hashOf(slot.sequence, slot.body)) === slot.sha256 ? slot : null;
}

function hashOf(sequence: number, body: string): Promise<string> {
  return sha256Hex(new TextEncoder().encode(`${sequence}\n${body}`));
}
