/** A session of our engine as a peer: used as a training loop would, some steps ahead of their results. */
import type { Backend } from '../../src/engine';
import { batchOf, settings, type StepWork } from './models';
import type { StartedPeer, StepNumbers, Stepper } from './stepper';

/** Steps whose results may be outstanding; a device that answers at once never has more than one. */
const AHEAD = 2;

function openStepper(backend: Backend, work: StepWork, dropout: boolean): Stepper {
  const session = backend.openSession({
    graph: work.graph,
    parameters: work.parameters,
    trained: new Set(work.graph.parameters.map(({ name }) => name)),
  });
  return {
    async run(done, count) {
      const outstanding: Promise<StepNumbers>[] = [];
      let last: StepNumbers = { loss: NaN, gradientNorm: NaN };
      for (let step = done + 1; step <= done + count; step++) {
        outstanding.push(session.trainStep(batchOf(work, step), { ...settings, dropout, step }));
        while (outstanding.length > AHEAD) last = await (outstanding.shift() ?? last);
      }
      for (const result of outstanding) last = await result;
      return { loss: last.loss, gradientNorm: last.gradientNorm };
    },
    dispose: () => session.dispose(),
  };
}

export function asPeer(backend: Backend): StartedPeer {
  return {
    device: backend.device.name,
    open: async (work, dropout) => openStepper(backend, work, dropout),
  };
}
