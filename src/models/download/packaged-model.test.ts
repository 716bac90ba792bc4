import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AnnealError, type ErrorData } from '../../domain';
import { loadPackagedModel, type DownloadProgress, type HashCache, type PackagedModelOptions } from './packaged-model';

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const piece = (file: string, bytes: Uint8Array) => ({ file, bytes: bytes.length, sha256: hashOf(bytes) });
const text = (content: string) => new TextEncoder().encode(content);

const slices = [0, 1, 2].map((seed) => Uint8Array.from({ length: 1000 - seed * 300 }, (_, index) => index * (seed + 3)));
const weights = new Uint8Array(Buffer.concat(slices));
const config = text('{"model_type":"bert"}');
const manifest = {
  format: 1,
  id: 'tiny',
  weights: { ...piece('model.safetensors', weights), slices: slices.map((bytes, index) => piece(`model.part-${index}`, bytes)) },
  files: [piece('config.json', config)],
};
const totalBytes = weights.length + config.length;

type Answer = () => Response;
const ok = (bytes: Uint8Array): Answer => () => new Response(Buffer.from(bytes), { headers: { 'content-type': 'application/octet-stream' } });

/** A host of these files; answers given in `odd` come first, one a request. */
function host(odd: Record<string, Answer[]> = {}, files: Record<string, Answer> = {}) {
  const all: Record<string, Answer> = {
    'manifest.json': ok(text(JSON.stringify(manifest))),
    'config.json': ok(config),
    ...Object.fromEntries(slices.map((bytes, index) => [`model.part-${index}`, ok(bytes)])),
    ...files,
  };
  const asked: string[] = [];
  const modes: (string | undefined)[] = [];
  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    init?.signal?.throwIfAborted();
    const name = String(input).replace('/models/tiny/', '');
    asked.push(name);
    modes.push(init?.cache);
    const answer = odd[name]?.shift() ?? all[name];
    return answer === undefined ? new Response('', { status: 404 }) : answer();
  };
  return { fetch: fetch as typeof globalThis.fetch, asked, modes };
}

class MapCache implements HashCache {
  readonly kept = new Map<string, Uint8Array>();
  async get(sha256: string) {
    return this.kept.get(sha256) ?? null;
  }
  async put(sha256: string, bytes: Uint8Array) {
    this.kept.set(sha256, bytes.slice());
  }
}

function load(fetch: typeof globalThis.fetch, more: Partial<PackagedModelOptions> = {}) {
  return loadPackagedModel({ baseUrl: '/models/tiny/', fetch, cache: new MapCache(), ...more });
}

async function errorOf(work: Promise<unknown>): Promise<ErrorData> {
  const error = await work.then(() => undefined, (thrown: unknown) => thrown);
  if (error instanceof AnnealError) return error.toData();
  throw new Error(`not an AnnealError: ${String(error)}`);
}

/** Gives some bytes, then breaks, as a connection does. */
const cut = (bytes: Uint8Array): Answer => () => {
  let given = false;
  return new Response(
    new ReadableStream({
      pull(controller) {
        if (given) return controller.error(new TypeError('network error'));
        given = true;
        controller.enqueue(bytes);
      },
    }),
  );
};

describe('a packaged model', () => {
  it('is joined from its slices, with progress that only grows', async () => {
    const seen: DownloadProgress[] = [];
    const { fetch, asked } = host();
    const model = await load(fetch, { baseUrl: '/models/tiny', onProgress: (progress) => seen.push(progress) });
    expect(model.id).toBe('tiny');
    expect(model.weights).toEqual(weights);
    expect([...model.files]).toEqual([['config.json', config]]);
    expect(asked).toEqual(['manifest.json', 'config.json', 'model.part-0', 'model.part-1', 'model.part-2']);
    expect(seen.at(-1)).toMatchObject({ doneBytes: totalBytes, totalBytes });
    seen.forEach(({ doneBytes }, index) => expect(doneBytes).toBeGreaterThanOrEqual(seen[index - 1]?.doneBytes ?? 0));
  });

  it('that comes with this page fits its manifest', async () => {
    const folder = new URL('../../../public/models/all-MiniLM-L6-v2/', import.meta.url);
    const fetch = (async (input: RequestInfo | URL) => new Response(readFileSync(new URL(String(input).slice(1), folder)))) as typeof globalThis.fetch;
    const model = await load(fetch, { baseUrl: '' });
    expect(model.weights.length).toBe(45_437_760);
    expect(model.files.has('tokenizer.json')).toBe(true);
  });

  it('fault 24: goes on at the missing slice after a cut', async () => {
    const cache = new MapCache();
    const first = host({ 'model.part-1': [cut(slices[1]?.subarray(0, 69) ?? new Uint8Array())] });
    expect(await errorOf(load(first.fetch, { cache }))).toEqual({
      code: 'download.incomplete',
      facts: { file: 'model.part-1', receivedBytes: config.length + 1000 + 69, totalBytes, status: 200 },
    });
    const second = host();
    expect((await load(second.fetch, { cache })).weights).toEqual(weights);
    expect(second.asked).toEqual(['manifest.json', 'model.part-1', 'model.part-2']);
  });

  it.each([
    ['a connection that ends early without an error', ok((slices[2] ?? new Uint8Array()).subarray(0, 99)), 99, 200],
    ['404', () => new Response('no', { status: 404 }), 0, 404],
    ['500', () => new Response('no', { status: 500 }), 0, 500],
    ['a login page', () => new Response('<html>', { headers: { 'content-type': 'text/html; charset=utf-8' } }), 0, 200],
    ['no connection', () => { throw new TypeError('Failed to fetch'); }, 0, null],
  ] satisfies [string, Answer, number, number | null][])('fault 24: %s is an incomplete download', async (_what, answer, received, status) => {
    const { fetch } = host({}, { 'model.part-2': answer });
    expect(await errorOf(load(fetch))).toEqual({
      code: 'download.incomplete',
      facts: { file: 'model.part-2', receivedBytes: totalBytes - 400 + received, totalBytes, status },
    });
  });

  it.each([
    ['a page', ok(text('<html>'))],
    ['another shape', ok(text('{"format":2}'))],
    ['slices that do not add up', ok(text(JSON.stringify({ ...manifest, weights: { ...manifest.weights, bytes: 5 } })))],
    ['a name that leads elsewhere', ok(text(JSON.stringify({ ...manifest, files: [{ ...piece('x', config), file: '../x' }] })))],
    ['more than a manifest can be', ok(new Uint8Array(1_000_001))],
  ])('fault 24: %s as manifest is an incomplete download', async (_what, answer) => {
    const { fetch, asked } = host({}, { 'manifest.json': answer });
    expect(await errorOf(load(fetch))).toMatchObject({ code: 'download.incomplete', facts: { file: 'manifest.json' } });
    expect(asked).toEqual(['manifest.json']);
  });

  it('fault 24: wrong bytes are fetched once more, past the browser cache', async () => {
    const { fetch, asked, modes } = host({ 'model.part-0': [ok(new Uint8Array(1000))] });
    expect((await load(fetch)).weights).toEqual(weights);
    expect(asked.filter((name) => name === 'model.part-0')).toHaveLength(2);
    expect(modes.filter((mode) => mode === 'reload')).toHaveLength(1);
  });

  it.each([
    ['as many', new Uint8Array(1000)],
    ['more', new Uint8Array(Buffer.concat([slices[0] ?? new Uint8Array(), text('x')]))],
  ])('fault 24: wrong bytes twice (%s) end it, and are not kept', async (_what, bytes) => {
    const cache = new MapCache();
    const { fetch, asked } = host({}, { 'model.part-0': ok(bytes) });
    expect(await errorOf(load(fetch, { cache }))).toMatchObject({
      code: 'download.wrong-bytes',
      facts: { file: 'model.part-0', expectedHash: manifest.weights.slices[0]?.sha256, actualHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(asked.at(-1)).toBe('model.part-0');
    expect([...cache.kept.keys()]).toEqual([manifest.files[0]?.sha256]);
  });

  it('fault 24: the joined weights have a hash of their own', async () => {
    const swapped = { ...manifest, weights: { ...manifest.weights, slices: manifest.weights.slices.toReversed() } };
    const { fetch } = host({}, { 'manifest.json': ok(text(JSON.stringify(swapped))) });
    expect(await errorOf(load(fetch))).toMatchObject({ code: 'download.wrong-bytes', facts: { file: 'model.safetensors' } });
  });

  it('fault 24: a damaged slice in the cache is fetched again and mended', async () => {
    const cache = new MapCache();
    await load(host().fetch, { cache });
    const hash = manifest.weights.slices[1]?.sha256 ?? '';
    cache.kept.set(hash, new Uint8Array(700));
    const { fetch, asked } = host();
    expect((await load(fetch, { cache })).weights).toEqual(weights);
    expect(asked).toEqual(['manifest.json', 'model.part-1']);
    expect(hashOf(cache.kept.get(hash) ?? new Uint8Array())).toBe(hash);
  });

  it('loads without a working cache', async () => {
    const refuse = async () => { throw new AnnealError('storage.full', { neededBytes: 1, freeBytes: 0 }); };
    expect((await load(host().fetch, { cache: { get: refuse, put: refuse } })).weights).toEqual(weights);
  });

  it('can be cancelled, before and on the way', async () => {
    const { fetch, asked } = host();
    expect((await errorOf(load(fetch, { signal: AbortSignal.abort() }))).code).toBe('cancelled');
    const controller = new AbortController();
    const onProgress = ({ file }: DownloadProgress) => { if (file === 'model.part-0') controller.abort(); };
    expect((await errorOf(load(fetch, { signal: controller.signal, onProgress }))).code).toBe('cancelled');
    expect(asked).not.toContain('model.part-1');
  });
});
