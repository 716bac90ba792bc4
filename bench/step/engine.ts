/** Our engine's backends as peers, started as the product starts them. */
import { AnnealError, type BackendId } from '../../src/domain';
import { startEngine } from '../../src/engine';
import { asPeer } from './session';
import { PeerMissing, type StartedPeer } from './stepper';

export interface EngineChoice {
  backend: BackendId;
  /** Build and threads of the WASM engine, and the like. */
  choices?: Readonly<Record<string, string>>;
  /** Addresses of tfjs-wasm's files; none where it is not used. */
  wasmPaths?: Record<string, string>;
}

/** Reasons for which a backend is not there at all; others are failures. */
const ABSENT = /^(no-api|no-adapter|no-simd|insecure-page)/;

/** @throws PeerMissing where this build or this machine does not have it */
export async function startOurs({ backend, choices, wasmPaths = {} }: EngineChoice): Promise<StartedPeer> {
  try {
    const started = await startEngine({ backend, choices, wasmPaths });
    const chosen = Object.entries(started.choices).map(([name, value]) => `${name} ${value}`);
    return { ...asPeer(started), device: [started.device.name, ...chosen.slice(0, 4)].join(', ') };
  } catch (thrown) {
    const reason = thrown instanceof AnnealError ? String(Reflect.get(thrown.facts, 'reason') ?? thrown.code) : '';
    if (ABSENT.test(reason)) throw new PeerMissing(`${backend}: ${reason}`);
    throw thrown instanceof AnnealError ? new Error(`${thrown.code} ${reason}`) : thrown;
  }
}
