/** A started module: its instance on this thread, its memory, its helpers. What executors and test runners run on. */
import { EngineMemory } from './memory';
import { instantiate, isThreaded, type EngineExports, type WasmBuild } from './modules';
import { startHelpers, type HelperFactory, type HelperPort } from './threads';
import { fastestTile, type Tile } from './tiles';

const CONTROL_ALIGNMENT = 64;

export interface HostOptions {
  build: WasmBuild;
  module: WebAssembly.Module;
  /** All threads, the calling one included. */
  threads: number;
  /** Null where there can be no helpers. */
  helperFactory: HelperFactory | null;
  helperLimitMs?: number;
  /** Null: the faster one. */
  tile: Tile | null;
}

export class EngineHost {
  tile: Tile = TILE_WITHOUT_TIMING;

  private constructor(
    readonly build: WasmBuild,
    readonly memory: EngineMemory,
    readonly exports: EngineExports,
    private readonly helpers: readonly HelperPort[],
    /** From here on memory is the host's to use. */
    readonly firstFree: number,
  ) {}

  /** @throws OutOfMemory */
  static async start({ build, module, threads, helperFactory, helperLimitMs, tile }: HostOptions): Promise<EngineHost> {
    const memory = new EngineMemory(isThreaded(build), 1);
    const exports = instantiate(module, memory.memory);
    const control = Math.ceil((exports.firstFreeAddress() >>> 0) / CONTROL_ALIGNMENT) * CONTROL_ALIGNMENT;
    const firstFree = control + exports.CONTROL_BYTES.value;
    memory.ensure(firstFree);
    exports.setControl(control);
    const wanted = helperFactory && isThreaded(build) ? threads - 1 : 0;
    const helpers = helperFactory && wanted > 0 ? await startHelpers(helperFactory, { module, memory: memory.memory, control }, wanted, helperLimitMs) : [];
    const host = new EngineHost(build, memory, exports, helpers, firstFree);
    try {
      host.tile = tile ?? fastestTile(host);
      return host;
    } catch (thrown) {
      host.dispose();
      throw thrown;
    }
  }

  get threads(): number {
    return this.helpers.length + 1;
  }

  /** Runs a program on all threads (or on this one alone); returns when all have ended it. */
  run(program: number, count: number, threads = this.threads): void {
    this.exports.runStep(program, count, threads);
  }

  dispose(): void {
    if (this.memory.bytes === 0) return;
    // Helpers that sleep leave their loop first: a worker that is terminated in its sleep may hold on to the memory.
    if (this.helpers.length > 0) this.exports.publishStop();
    for (const helper of this.helpers) helper.terminate();
    this.memory.dispose();
  }
}

const TILE_WITHOUT_TIMING: Tile = 4;
