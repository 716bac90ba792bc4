/** Starting the WASM engine: the best build that the device runs, or the one that is asked for. */
import { WasmExecutor } from './executor';
import { EngineHost } from './host';
import { supportedBuilds, type ModuleLoader, type WasmBuild } from './modules';
import { defaultThreads, type HelperFactory } from './threads';
import { TILES, type Tile } from './tiles';

export interface WasmStart {
  load: ModuleLoader;
  /** Null: no helper threads. */
  helperFactory: HelperFactory | null;
  /** All threads, this one included; by default what the device has. */
  threads?: number | undefined;
  build?: WasmBuild | undefined;
  /** What `choices()` said when the run that now goes on began; stronger than `threads` and `build`. */
  choices?: Readonly<Record<string, string>> | undefined;
  helperLimitMs?: number | undefined;
}

/** The device cannot run the engine's module, or not the build that was asked for. */
export class WasmUnsupported extends Error {
  override readonly name = 'WasmUnsupported';
  readonly code = 'engine.wasm-unsupported';
}

function candidates(build: string | undefined): WasmBuild[] {
  const supported = supportedBuilds();
  const fitting = supported.filter((candidate) => build === undefined || candidate === build);
  if (fitting.length === 0) throw new WasmUnsupported(`${build ?? 'SIMD'} is not among what runs here: ${supported.join(', ') || 'nothing'}.`);
  return fitting;
}

/** A build that promises to run may still fail to compile: then the next one is tried. */
async function compileFirst(builds: readonly WasmBuild[], load: ModuleLoader): Promise<{ build: WasmBuild; module: WebAssembly.Module }> {
  let failure: unknown;
  for (const build of builds) {
    try {
      return { build, module: await WebAssembly.compile(await load(build)) };
    } catch (thrown) {
      failure ??= thrown;
    }
  }
  throw failure;
}

function chosenTile(choices: WasmStart['choices']): Tile | null {
  return TILES.find((tile) => String(tile) === choices?.tile) ?? null;
}

/** @throws WasmUnsupported, OutOfMemory */
export async function startEngine({ load, helperFactory, threads, build, choices, helperLimitMs }: WasmStart): Promise<EngineHost> {
  const compiled = await compileFirst(candidates(choices?.build ?? build), load);
  const wanted = Number(choices?.threads ?? threads ?? defaultThreads());
  return EngineHost.start({
    ...compiled,
    threads: Number.isInteger(wanted) && wanted > 0 ? wanted : 1,
    helperFactory,
    tile: chosenTile(choices),
    ...(helperLimitMs === undefined ? {} : { helperLimitMs }),
  });
}

/** @throws WasmUnsupported, OutOfMemory */
export async function startWasmExecutor(options: WasmStart): Promise<WasmExecutor> {
  return new WasmExecutor(await startEngine(options));
}
