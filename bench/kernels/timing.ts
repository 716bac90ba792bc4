/** Times one dispatch: as many in one submission as make the clock's and the queue's own time small. */
const LEAST_SECONDS = 0.2;
const SAMPLES = 5;
const MOST_DISPATCHES = 4096;

export type Encode = (encoder: GPUCommandEncoder) => void;

export interface Timing {
  /** Of one dispatch. */
  medianSeconds: number;
  bestSeconds: number;
  dispatches: number;
}

async function secondsOf(device: GPUDevice, encode: Encode, dispatches: number): Promise<number> {
  const encoder = device.createCommandEncoder();
  for (let index = 0; index < dispatches; index++) encode(encoder);
  const commands = encoder.finish();
  const begin = performance.now();
  device.queue.submit([commands]);
  await device.queue.onSubmittedWorkDone();
  return (performance.now() - begin) / 1000;
}

export async function timeDispatch(device: GPUDevice, encode: Encode): Promise<Timing> {
  // The first run compiles and wakes the clock up.
  await secondsOf(device, encode, 1);
  let dispatches = 1;
  let seconds = await secondsOf(device, encode, 1);
  while (seconds < LEAST_SECONDS && dispatches < MOST_DISPATCHES) {
    dispatches = Math.min(MOST_DISPATCHES, Math.ceil(dispatches * Math.min(8, Math.max(2, (1.2 * LEAST_SECONDS) / Math.max(seconds, 1e-6)))));
    seconds = await secondsOf(device, encode, dispatches);
  }
  const samples = [seconds];
  while (samples.length < SAMPLES) samples.push(await secondsOf(device, encode, dispatches));
  samples.sort((a, b) => a - b);
  const each = (index: number): number => (samples[index] ?? NaN) / dispatches;
  return { medianSeconds: each(SAMPLES >> 1), bestSeconds: each(0), dispatches };
}

/** Reads a whole buffer that has COPY_SRC. */
export async function readFloats(device: GPUDevice, buffer: GPUBuffer, floats: number): Promise<Float32Array> {
  const staging = device.createBuffer({ size: floats * 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, 0, staging, 0, floats * 4);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const values = new Float32Array(staging.getMappedRange().slice(0));
  staging.destroy();
  return values;
}
