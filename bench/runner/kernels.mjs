/** `--kernels`: each kernel by itself at the model's shapes, checked before it is timed, against peaks of the same run. */
import { aligned } from './report.mjs';
import { ask } from './rounds.mjs';
import { writeJson } from './session.mjs';

const percent = (share) => (share === null ? '-' : `${(100 * share).toFixed(0)} %`);

const short = (value) => (value === null ? '-' : String(Number(value.toPrecision(3))));
const milliseconds = (seconds) => short(seconds === null ? null : seconds * 1000);

function toLine({ kernel, shape, count, seconds, dispatches, gigaflops, gigabytes, share, problem }) {
  return [
    kernel, shape, String(count), problem === null ? 'right' : 'WRONG', milliseconds(seconds), dispatches === null ? '-' : String(dispatches),
    short(gigaflops), short(gigabytes), percent(share), milliseconds(seconds === null ? null : seconds * count), problem ?? '',
  ];
}

const HEADER = ['kernel', 'shape', 'in a step', 'checked', 'ms', 'dispatches', 'GFLOP/s', 'GB/s', 'of peak', 'ms a step', ''];

/** Peers whose kernels can be run by themselves: ours. */
export async function runKernels({ runs, start, json }) {
  const all = [];
  let failures = 0;
  for (const { size, peers } of runs) {
    for (const peer of peers.filter(({ kernels }) => kernels)) {
      const { model, batch, length } = size;
      const running = await start(peer);
      try {
        console.error(`${peer.name}: kernels of ${model}, ${batch} x ${length}`);
        const { device, peaks, rows } = await ask(running, { kind: 'kernels', peer: peer.name, size });
        console.log(`\n${peer.name}, ${model}, ${batch} x ${length}, ${device}`);
        console.log(`measured peaks: ${peaks.gigaflops.toFixed(1)} GFLOP/s of multiply-adds, ${peaks.gigabytes.toFixed(1)} GB/s of copying`);
        console.log(aligned(HEADER, rows.map(toLine)));
        const total = rows.reduce((sum, { seconds, count }) => sum + (seconds ?? 0) * count, 0);
        console.log(`all kernels of a step: ${milliseconds(total)} ms`);
        failures += rows.filter(({ problem }) => problem !== null).length;
        all.push(...rows.map((row) => ({ name: peer.name, model, batch, length, device, peaks, ...row })));
      } catch (error) {
        failures++;
        console.log(`FAILED ${peer.name} (${model}, ${batch} x ${length}): ${String(error.message).split('\n')[0]}`);
      } finally {
        await running.close().catch(() => {});
      }
    }
  }
  if (json) writeJson(json, all);
  return failures > 0 ? 1 : 0;
}
