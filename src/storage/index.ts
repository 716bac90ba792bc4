/** Projects, runs and base models, kept in the browser's own file system. */
export type { Chunks, ProjectStorage, StorageUsage, StoredEntry } from './project-storage';
export { MemoryStorage } from './memory-storage';
export { openStorage, OpfsStorage, persist } from './opfs-storage';
export { ProjectStore, type PendingCells, type TableSide } from './project-store';
export type { ProjectManifest, ProjectPart, RunPart, StoredFile } from './manifests';
export { modelCache } from './model-cache';
