/**
 * The training loop: a recipe and a data set in, run events out, as Hugging Face's Trainer would do it. An async
 * generator that its caller drives; it knows no message port, no disk and no timer.
 */
import type { RunEvent } from '../domain';
import { DeviceLost } from '../engine';
import { encodeSides } from './classifier';
import type { TrainerOptions } from './options';
import { Run } from './run';

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
    await run.prepare();
    yield run.started();
    yield* trainThroughLosses(run, options);
  } finally {
    run.dispose();
  }
}

/** A lost device is replaced, and the run goes on from its last checkpoint, until `replaceBackend` gives up. */
async function* trainThroughLosses(run: Run, { replaceBackend, now }: TrainerOptions): AsyncGenerator<RunEvent> {
  for (;;) {
    try {
      return yield* run.train();
    } catch (thrown) {
      if (!(thrown instanceof DeviceLost) || !replaceBackend) throw thrown;
      const lostAt = run.step;
      const backend = await replaceBackend(thrown);
      run.moveTo(backend);
      yield { kind: 'resumed', time: now(), step: run.step, lostAt, detail: thrown.message, device: backend.device };
    }
  }
}
