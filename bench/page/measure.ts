/** Runs one peer in this worker (or in Node) and counts what it asks of the device. */
import { installCounting, readCounts, type DeviceCounts } from '../counting';
import { makeWork, type StepSize } from '../step/models';
import type { StartedPeer, StepNumbers, Stepper } from '../step/stepper';

export interface Opened {
  device: string;
  /** From the call that starts the device to the end of the first step; weights are made before, but uploaded in it. */
  firstStepSeconds: number;
}

export interface Round extends StepNumbers {
  seconds: number;
  steps: number;
  /** What this round added; of bytes held, what there is at its end. */
  counts: DeviceCounts;
}

export class Measurement {
  private done = 0;
  private constructor(readonly opened: Opened, private readonly stepper: Stepper) {}

  static async open(start: () => Promise<StartedPeer>, size: StepSize, dropout: boolean): Promise<Measurement> {
    installCounting();
    const work = makeWork(size);
    const begin = performance.now();
    const peer = await start();
    const stepper = await peer.open(work, dropout);
    const numbers = await stepper.run(0, 1);
    if (!Number.isFinite(numbers.loss)) throw new Error(`The loss of the first step is ${numbers.loss}.`);
    const measurement = new Measurement({ device: peer.device, firstStepSeconds: (performance.now() - begin) / 1000 }, stepper);
    measurement.done = 1;
    return measurement;
  }

  dispose(): void {
    this.stepper.dispose();
  }

  async run(steps: number): Promise<Round> {
    const before = readCounts();
    const begin = performance.now();
    const numbers = await this.stepper.run(this.done, steps);
    const seconds = (performance.now() - begin) / 1000;
    this.done += steps;
    const after = readCounts();
    if (!Number.isFinite(numbers.loss)) throw new Error(`The loss of step ${this.done} is ${numbers.loss}.`);
    return {
      ...numbers, seconds, steps,
      counts: {
        ...after,
        dispatches: after.dispatches - before.dispatches,
        submits: after.submits - before.submits,
        buffersCreated: after.buffersCreated - before.buffersCreated,
        bindGroupsCreated: after.bindGroupsCreated - before.bindGroupsCreated,
        pipelinesCreated: after.pipelinesCreated - before.pipelinesCreated,
        bytesUploaded: after.bytesUploaded - before.bytesUploaded,
        bytesReadBack: after.bytesReadBack - before.bytesReadBack,
      },
    };
  }
}
