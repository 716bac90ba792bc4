/** A Hugging Face model folder chosen from disk. */
import { AnnealError } from '../../domain';
import { readSafetensorsHeader, safetensorsHeaderEnd } from '../safetensors';
import type { PackagedModel } from './packaged-model';

const WEIGHTS = 'model.safetensors';
const NEEDED = ['config.json', WEIGHTS, 'tokenizer.json'];
const WELCOME = ['tokenizer_config.json', 'special_tokens_map.json', 'vocab.txt', 'LICENSE'];

/** A tokenizer of 250,000 words is under 20 MB. */
const MAXIMUM_SIDE_FILE_BYTES = 64_000_000;

/**
 * The folder's files in the shape of a packaged model. Files that are not a model's are passed over; of two with the
 * same name the one nearer to the top counts (a sentence-transformers folder has a second `config.json` in
 * `1_Pooling`). The weights' header is checked before the whole of them is read.
 *
 * @throws AnnealError `model.missing-file`, `model.bad-file` (weights, fault 22), `model.bad-config` (a side file too
 *   large), `data.unreadable-file` (moved or changed since it was chosen)
 */
export async function loadModelFromFiles(files: File[]): Promise<PackagedModel> {
  const chosen = new Map<string, File>();
  for (const file of files) {
    const before = chosen.get(file.name);
    if (before === undefined || depthOf(file) < depthOf(before)) chosen.set(file.name, file);
  }
  for (const name of NEEDED) {
    if (!chosen.has(name)) throw new AnnealError('model.missing-file', { file: name });
  }
  const sideFiles = new Map<string, Uint8Array<ArrayBuffer>>();
  let weights = new Uint8Array(0);
  for (const name of [...NEEDED, ...WELCOME]) {
    const file = chosen.get(name);
    if (file === undefined) continue;
    if (name === WEIGHTS) {
      await checkHeader(file);
      weights = await readFile(file);
    } else if (file.size > MAXIMUM_SIDE_FILE_BYTES) {
      throw new AnnealError('model.bad-config', { file: name, field: 'size', value: String(file.size) });
    } else {
      sideFiles.set(name, await readFile(file));
    }
  }
  return { id: folderName(chosen.get(WEIGHTS)), weights, files: sideFiles };
}

async function checkHeader(file: File): Promise<void> {
  const first = await readFile(file, 64);
  const end = safetensorsHeaderEnd(first, file.size, file.name);
  readSafetensorsHeader(await readFile(file, end), file.size, file.name);
}

async function readFile(file: File, end = file.size): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.slice(0, end).arrayBuffer());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AnnealError('data.unreadable-file', { file: file.name, reason });
  }
}

/** Folders above the file, as far as the browser tells: the path is empty for files chosen one by one. */
function depthOf(file: File): number {
  return pathOf(file).split('/').length;
}

function folderName(file: File | undefined): string {
  const segments = file === undefined ? [] : pathOf(file).split('/');
  return segments.at(-2) ?? 'model';
}

function pathOf(file: File): string {
  // Not every host of `File` has the property (Node has not).
  const path: string | undefined = file.webkitRelativePath;
  return path === undefined || path === '' ? file.name : path;
}
