/** Answers a runner's requests; one peer for the life of a worker or process. */
import type { KernelReport } from '../kernels/report';
import { PeerMissing, type StartedPeer } from '../step/stepper';
import type { StepSize } from '../step/models';
import { Measurement } from './measure';
import type { Answer, Request } from './protocol';

export interface Known {
  starters: Readonly<Record<string, () => Promise<StartedPeer>>>;
  /** Of the peers whose kernels can be run one by one. */
  kernels: Readonly<Record<string, (size: StepSize) => Promise<KernelReport>>>;
}

function named<Value>(known: Readonly<Record<string, Value>>, name: string): Value {
  const found = known[name];
  if (found === undefined) throw new PeerMissing(`there is no ${name} here`);
  return found;
}

export function makeAnswering({ starters, kernels }: Known): (request: Request) => Promise<Answer> {
  let measurement: Measurement | null = null;
  const valueOf = async (request: Request) => {
    switch (request.kind) {
      case 'open':
        measurement = await Measurement.open(named(starters, request.peer), request.size, request.dropout);
        return measurement.opened;
      case 'run':
        if (!measurement) throw new Error('No peer is open.');
        return measurement.run(request.steps);
      case 'kernels':
        return named(kernels, request.peer)(request.size);
    }
  };
  return async (request) => {
    try {
      return { ok: true, value: await valueOf(request) };
    } catch (error) {
      return { ok: false, missing: error instanceof PeerMissing, message: error instanceof Error ? error.message : String(error) };
    }
  };
}
