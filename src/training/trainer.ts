/**
 * The training loop: a recipe and a data set in, run events out, as Hugging Face's Trainer would do it. An async
 * generator that its caller drives; it knows no message port, no disk and no timer.
 */
import { AnnealError, type RunEvent } from '../domain';
import { DeviceLost, OutOfDeviceMemory, WrongNumbers } from '../engine';
import { encodeSides } from './classifier';
import type { TrainerOptions } from './options';
import { Run } from './run';

/** Devices tried before the first step, or after a loss, until the last error is told. */
const MOST_DEVICES = 6;

/** Trains and yields the run's events. The best weights are in the store; everything on the device is released. */
export async function* train(options: TrainerOptions): AsyncGenerator<RunEvent> {
  const { base, dataset, recipe, progress, pause } = options;
  const sides = await encodeSides(base, dataset, recipe, async (done, total) => {
    progress('tokenizing', done, total);
    await pause();
  });
  const run = new Run(options, sides);
  try {
    if (options.onHead) options.onHead(await run.head());
    const warnings = await prepareSomewhere(run, options);
    yield run.started();
    yield* warnings;
    yield* trainThroughLosses(run, options);
  } finally {
    run.dispose();
  }
}

/** A lost device is replaced, and the run goes on from its last checkpoint, until `replaceBackend` gives up. */
async function* trainThroughLosses(run: Run, options: TrainerOptions): AsyncGenerator<RunEvent> {
  const { replaceBackend, now } = options;
  for (;;) {
    try {
      return yield* run.train();
    } catch (thrown) {
      if (!(thrown instanceof DeviceLost) || !replaceBackend) throw thrown;
      const lostAt = run.step;
      run.moveTo(await replaceBackend(thrown));
      // It may be another card: checked like the first.
      const warnings = await prepareSomewhere(run, options);
      yield { kind: 'resumed', time: now(), step: run.step, lostAt, detail: thrown.message, device: run.device };
      yield* warnings;
    }
  }
}

/**
 * A device whose kernels err is not used (fault 13), nor one that is lost, has no room or fails otherwise while it gets
 * ready: the run begins on another.
 * @returns what to tell about it
 * @throws AnnealError `device.out-of-memory`, or what the last device failed with
 */
async function prepareSomewhere(run: Run, { replaceBackend, now }: TrainerOptions): Promise<RunEvent[]> {
  const warnings: RunEvent[] = [];
  for (let devices = 1; ; devices++) {
    try {
      await run.prepare();
      return warnings;
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown : new Error(String(thrown));
      if (!replaceBackend || devices === MOST_DEVICES) throw named(reason, run);
      if (thrown instanceof WrongNumbers) warnings.push({ kind: 'warned', time: now(), step: run.step, warning: { kind: 'wrong-numbers', device: thrown.device, ...thrown.wrong } });
      const next = await replaceBackend(reason);
      if (next === run.backend) throw named(reason, run);
      run.moveTo(next);
    }
  }
}

function named(reason: Error, run: Run): Error {
  return reason instanceof OutOfDeviceMemory ? new AnnealError('device.out-of-memory', { device: run.device.name, bytes: reason.bytes }) : reason;
}
