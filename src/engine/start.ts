/**
 * Starts the engine: ours on the faster of graphics card and processor, or the backend that is asked for. What is not
 * used leaves its reason (fault 12).
 */
import { AnnealError, type BackendId, type DeviceDescription } from '../domain';
import type { Backend } from './backend';
import { Refused, withLimit } from './backends/refusal';
import { DescribedBackend } from './backends/described';
import { measureSpeed } from './probe';

export interface EngineStart {
  /** Null: the fastest there is. Otherwise this one or an error. */
  backend: BackendId | null;
  /** Of a run that goes on: kernel variants and threads as they were. */
  choices?: Readonly<Record<string, string>> | undefined;
}

/** Starts one backend. @param chosen asked for by name: a software adapter will do then. @throws Refused, or anything */
export type Starter = (options: { chosen: boolean; choices: Readonly<Record<string, string>> | undefined }) => Promise<Backend>;
export type Starters = Readonly<Record<BackendId, Starter>>;

type Refusal = DeviceDescription['refused'][number];

/** Tried only where ours cannot run at all, in this order. */
const FALLBACKS: readonly BackendId[] = ['tfjs-wasm', 'tfjs-cpu'];

class Attempts {
  readonly refused: Refusal[] = [];

  constructor(
    private readonly starters: Starters,
    private readonly options: EngineStart,
  ) {}

  async start(backend: BackendId): Promise<Backend | null> {
    const { choices, backend: wanted } = this.options;
    try {
      const starting = this.starters[backend]({ chosen: wanted === backend, choices });
      return await withLimit(starting).catch((thrown: unknown) => {
        // One that starts after all, too late, is not left behind.
        starting.then((late) => late.dispose()).catch(() => undefined);
        throw thrown;
      });
    } catch (thrown) {
      this.refuse(backend, thrown);
      return null;
    }
  }

  refuse(backend: BackendId, thrown: unknown): void {
    const known = thrown instanceof Refused ? thrown : new Refused('failed', thrown instanceof Error ? thrown.message : String(thrown));
    this.refused.push({ backend, reason: known.reason, detail: known.detail });
  }
}

async function startOne(backend: BackendId, attempts: Attempts): Promise<Backend> {
  const started = await attempts.start(backend);
  if (started) return started;
  const [first] = attempts.refused;
  throw new AnnealError('device.refused', { backend, reason: `${first?.reason ?? 'failed'} ${first?.detail ?? ''}`.trim() });
}

/** The faster of two that both start; the other is released. Null where neither can train. */
async function faster(gpu: Backend, cpu: Backend, attempts: Attempts): Promise<Backend | null> {
  const speeds: DeviceDescription['speeds'] = [];
  for (const backend of [gpu, cpu]) {
    try {
      speeds.push({ backend: backend.id, tokensPerSecond: await withLimit(measureSpeed(backend)) });
    } catch (thrown) {
      attempts.refuse(backend.id, thrown);
    }
  }
  const speedOf = ({ id }: Backend): number => speeds.find(({ backend }) => backend === id)?.tokensPerSecond ?? 0;
  const [kept, released] = speedOf(gpu) > speedOf(cpu) ? [gpu, cpu] : [cpu, gpu];
  released.dispose();
  if (speedOf(kept) === 0) {
    kept.dispose();
    return null;
  }
  if (speedOf(released) > 0) attempts.refuse(released.id, new Refused('slower', `${Math.round(speedOf(released))} tokens/s`));
  return new DescribedBackend(kept, { refused: attempts.refused, speeds });
}

/** @throws AnnealError `device.refused` for a chosen device, `device.unavailable` when none can be started */
export async function startBackend(options: EngineStart, starters: Starters): Promise<Backend> {
  const attempts = new Attempts(starters, options);
  if (options.backend !== null) return startOne(options.backend, attempts);
  const gpu = await attempts.start('webgpu');
  const cpu = await attempts.start('wasm');
  if (gpu && cpu) {
    const kept = await faster(gpu, cpu, attempts);
    if (kept) return kept;
  }
  const only = gpu && cpu ? null : (gpu ?? cpu);
  if (only) return new DescribedBackend(only, { refused: attempts.refused, speeds: [] });
  for (const id of FALLBACKS) {
    const fallback = await attempts.start(id);
    if (fallback) return new DescribedBackend(fallback, { refused: attempts.refused, speeds: [] });
  }
  throw new AnnealError('device.unavailable', { tried: attempts.refused.map(({ backend, reason, detail }) => ({ backend, reason: `${reason} ${detail}`.trim() })) });
}
