/**
 * Loads a model that comes with the page: piece by piece, each believed only after its hash, each kept so that a broken
 * download goes on where it stopped (fault 24).
 */
import * as v from 'valibot';
import { AnnealError, sha256Hex } from '../../domain';
import { modelManifestSchema, type ModelManifest, type ModelPiece } from './manifest';

/** Pieces by the hash of their bytes. What `get` gives is hashed again here, so a cache need not be trusted. */
export interface HashCache {
  get(sha256: string): Promise<Uint8Array | null>;
  put(sha256: string, bytes: Uint8Array): Promise<void>;
}

export interface DownloadProgress {
  /** The piece that is being read. */
  file: string;
  /** Bytes of the whole model: those that are verified, and those of the current piece that have arrived. */
  doneBytes: number;
  totalBytes: number;
}

export interface PackagedModelOptions {
  /** Folder of `manifest.json`, with or without a slash at its end. */
  baseUrl: string;
  fetch: typeof globalThis.fetch;
  cache: HashCache;
  onProgress?: (progress: DownloadProgress) => void;
  signal?: AbortSignal;
}

/** A model's bytes, checked against their hashes but not yet understood. */
export interface PackagedModel {
  id: string;
  /** The whole `model.safetensors`. */
  weights: Uint8Array<ArrayBuffer>;
  /** `config.json`, `tokenizer.json` and what else there is, by name, weights excepted. */
  files: Map<string, Uint8Array<ArrayBuffer>>;
}

const MANIFEST = 'manifest.json';
const MAXIMUM_MANIFEST_BYTES = 1_000_000;

/**
 * @throws AnnealError `download.incomplete` (no answer, an error status, a page instead of a file, cut off),
 *   `download.wrong-bytes` (twice another hash), `cancelled`. Pieces that were verified before stay in the cache.
 */
export async function loadPackagedModel(options: PackagedModelOptions): Promise<PackagedModel> {
  try {
    return await new Download(options).load();
  } catch (error) {
    if (options.signal?.aborted === true) throw new AnnealError('cancelled', {});
    throw error;
  }
}

class Download {
  private verifiedBytes = 0;
  private totalBytes = 0;

  constructor(private readonly options: PackagedModelOptions) {}

  async load(): Promise<PackagedModel> {
    const manifest = await this.readManifest();
    const { weights, files } = manifest;
    this.totalBytes = weights.bytes + files.reduce((total, file) => total + file.bytes, 0);
    const small = new Map<string, Uint8Array<ArrayBuffer>>();
    for (const piece of files) small.set(piece.file, await this.readPiece(piece));
    const joined = new Uint8Array(weights.bytes);
    let at = 0;
    for (const slice of weights.slices) {
      joined.set(await this.readPiece(slice), at);
      at += slice.bytes;
    }
    const actualHash = await sha256Hex(joined);
    // Every slice was right, so the manifest contradicts itself: fetching again would not help.
    if (actualHash !== weights.sha256) throw wrongBytes(weights.file, weights.sha256, actualHash);
    return { id: manifest.id, weights: joined, files: small };
  }

  private async readManifest(): Promise<ModelManifest> {
    const { bytes, status } = await this.fetchBytes(MANIFEST, MAXIMUM_MANIFEST_BYTES, 'default');
    let parsed: unknown;
    try {
      parsed = JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      parsed = undefined;
    }
    const checked = v.safeParse(modelManifestSchema, parsed);
    if (!checked.success) throw this.incomplete(MANIFEST, bytes.length, status);
    return checked.output;
  }

  private async readPiece(piece: ModelPiece): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = (await this.readCached(piece)) ?? (await this.fetchVerified(piece));
    this.verifiedBytes += piece.bytes;
    this.report(piece.file, 0);
    return bytes;
  }

  private async readCached(piece: ModelPiece): Promise<Uint8Array<ArrayBuffer> | null> {
    this.options.signal?.throwIfAborted();
    let bytes: Uint8Array | null;
    try {
      bytes = await this.options.cache.get(piece.sha256);
    } catch {
      // A cache that cannot be read is an empty cache: the piece can always be fetched.
      return null;
    }
    if (bytes === null || bytes.length !== piece.bytes || (await sha256Hex(bytes)) !== piece.sha256) return null;
    return bytes.buffer instanceof ArrayBuffer
      ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
      : new Uint8Array(bytes);
  }

  private async fetchVerified(piece: ModelPiece): Promise<Uint8Array<ArrayBuffer>> {
    let actualHash = '';
    // The second time past the browser's own cache, which may be where the wrong bytes come from.
    for (const mode of ['default', 'reload'] as const) {
      const { bytes, status, ended } = await this.fetchBytes(piece.file, piece.bytes, mode);
      if (ended && bytes.length < piece.bytes) throw this.incomplete(piece.file, bytes.length, status);
      actualHash = await sha256Hex(bytes);
      if (ended && actualHash === piece.sha256) {
        // Without room to keep it the piece is still good; it will be fetched again on the next visit.
        await this.options.cache.put(piece.sha256, bytes).catch(() => undefined);
        return bytes;
      }
    }
    throw wrongBytes(piece.file, piece.sha256, actualHash);
  }

  /** Reads at most `limit` bytes; `ended` is false where the answer went on after them. */
  private async fetchBytes(
    file: string,
    limit: number,
    mode: RequestCache,
  ): Promise<{ bytes: Uint8Array<ArrayBuffer>; status: number; ended: boolean }> {
    const { fetch, signal, baseUrl } = this.options;
    const url = `${baseUrl.replace(/\/$/, '')}/${file}`;
    let received = 0;
    let status: number | null = null;
    try {
      const response = await fetch(url, { cache: mode, ...(signal === undefined ? {} : { signal }) });
      status = response.status;
      // A login page or a site's own "not found" page comes with status 200; no file of a model is HTML.
      const isPage = /^text\/html\b/i.test(response.headers.get('content-type') ?? '');
      if (!response.ok || isPage || response.body === null) throw this.incomplete(file, 0, status);
      const bytes = new Uint8Array(limit);
      const reader = response.body.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return { bytes: bytes.subarray(0, received), status, ended: true };
        if (received + value.length > limit) {
          await reader.cancel();
          return { bytes, status, ended: false };
        }
        bytes.set(value, received);
        received += value.length;
        this.report(file, received);
      }
    } catch (error) {
      if (error instanceof AnnealError || signal?.aborted === true) throw error;
      // fetch and its body reject with a TypeError for everything the network can do.
      throw this.incomplete(file, received, status);
    }
  }

  private incomplete(file: string, received: number, status: number | null): AnnealError {
    const receivedBytes = this.verifiedBytes + received;
    return new AnnealError('download.incomplete', { file, receivedBytes, totalBytes: this.totalBytes, status });
  }

  private report(file: string, received: number): void {
    // Before the manifest is read nobody knows how much there is.
    if (this.totalBytes === 0) return;
    this.options.onProgress?.({ file, doneBytes: this.verifiedBytes + received, totalBytes: this.totalBytes });
  }
}

function wrongBytes(file: string, expectedHash: string, actualHash: string): AnnealError {
  return new AnnealError('download.wrong-bytes', { file, expectedHash, actualHash });
}
