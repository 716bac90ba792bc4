/** GPUBufferUsage and GPUMapMode by number: the names are globals of browsers, not of Node. */
export const USAGE = {
  mapRead: 0x0001,
  mapWrite: 0x0002,
  copySource: 0x0004,
  copyDestination: 0x0008,
  uniform: 0x0040,
  storage: 0x0080,
} as const;

export const MAP_READ = 0x0001;
export const SHADER_COMPUTE = 0x4;

/** What every buffer of a plan may be used for. */
export const STORAGE = USAGE.storage | USAGE.copySource | USAGE.copyDestination;
