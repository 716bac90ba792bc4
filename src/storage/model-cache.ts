/** Pieces of base models by their SHA-256, kept outside of projects: a new project needs no new download. */
import type { HashCache } from '../models';
import type { ProjectStorage } from './project-storage';

const FOLDER = 'models';

/** A half-written piece is no danger: the reader checks every hash again. */
export function modelCache(storage: ProjectStorage): HashCache {
  return {
    get: (sha256) => storage.readBytes(pathOf(sha256)),
    async put(sha256, bytes) {
      await storage.writeBytes(pathOf(sha256), bytes);
    },
  };
}

function pathOf(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error(`not a SHA-256: ${sha256}`);
  return `${FOLDER}/${sha256}`;
}
