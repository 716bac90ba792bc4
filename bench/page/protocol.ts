/** Between a runner and a peer: the page's worker, or a process. `bench/peers/pytorch_step.py` speaks it too. */
import type { StepSize } from '../step/models';
import type { KernelReport } from '../kernels/report';
import type { Opened, Round } from './measure';

export type Request =
  | { kind: 'open'; peer: string; size: StepSize; dropout: boolean }
  | { kind: 'run'; steps: number }
  | { kind: 'kernels'; peer: string; size: StepSize };

export type Answer =
  | { ok: true; value: Opened | Round | KernelReport }
  /** `missing`: this build or this browser does not have the peer; it is said and not counted as a failure. */
  | { ok: false; missing: boolean; message: string };
