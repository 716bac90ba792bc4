/** What a peer must be able to do to be measured. */
import type { StepWork } from './models';

export interface StepNumbers {
  loss: number;
  gradientNorm: number;
}

export interface Stepper {
  /** Makes `count` steps after step `done`, of which all are over on the device when the promise settles. */
  run(done: number, count: number): Promise<StepNumbers>;
  dispose(): void;
}

export interface StartedPeer {
  /** The device in words. */
  device: string;
  /** `dropout` false is for comparing peers with each other: their random numbers differ. */
  open(work: StepWork, dropout: boolean): Promise<Stepper>;
}

/** A peer that this build or this browser does not have; said, not measured. */
export class PeerMissing extends Error {}
