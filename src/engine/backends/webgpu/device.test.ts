/** Starting, counting, refusing and choosing, on the software adapter. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OutOfDeviceMemory } from '../executor';
import { allocateBuffer, RegionBuffers } from './buffers';
import { countDevice } from './counting';
import { Refused } from '../refusal';
import { startWebgpu, type WebgpuDevice } from './device';
import { MatmulLadder, shapeClass } from './matmul/ladder';
import { MATMUL_VARIANTS } from './matmul/variants';
import { ReadbackRing } from './readback';
import { softwareGpu, softwareGpuReason } from './testing';
import { STORAGE } from './usage';

const gpu = await softwareGpu();
if (!gpu) console.warn(`WebGPU devices are NOT tested here: ${softwareGpuReason()}`);
const title = gpu ? 'WebGPU devices' : `WebGPU devices, SKIPPED: ${softwareGpuReason()}`;

const start = (options = {}): Promise<WebgpuDevice> => startWebgpu({ ...(gpu ? { gpu } : {}), minimumLimits: true, allowSoftware: true, ...options });

describe.skipIf(!gpu)(title, () => {
  let on: WebgpuDevice;
  beforeAll(async () => {
    on = await start();
  });
  afterAll(() => on?.dispose());

  it('refuses a software adapter that was not chosen', async () => {
    await expect(start({ allowSoftware: false })).rejects.toThrow(Refused);
    await expect(start({ allowSoftware: false })).rejects.toMatchObject({ reason: 'software-adapter' });
  });

  it('has the smallest limits where asked, and more where not', async () => {
    expect(on.device.limits.maxStorageBufferBindingSize).toBe(128 * 2 ** 20);
    expect(on.device.limits.maxStorageBuffersPerShaderStage).toBe(8);
    const large = await start({ minimumLimits: false });
    expect(large.device.limits.maxStorageBufferBindingSize).toBeGreaterThan(128 * 2 ** 20);
    large.dispose();
  });

  it('counts what is asked of a device', async () => {
    const { device } = on;
    const counted = countDevice(device);
    expect(counted).toBe(on.counted);
    const before = counted.counts();
    const buffer = device.createBuffer({ size: 1024, usage: STORAGE });
    device.queue.writeBuffer(buffer, 0, new Float32Array(8), 2, 4);
    device.queue.writeBuffer(buffer, 0, new Float32Array(8).buffer, 8);
    const ring = new ReadbackRing(device);
    await ring.ensure(64);
    const slot = ring.take();
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer, 0, slot, 0, 64);
    device.queue.submit([encoder.finish()]);
    await ring.read(slot, 16);
    const during = counted.counts();
    expect(during.bytesUploaded - before.bytesUploaded).toBe(16 + 24);
    expect(during.bytesReadBack - before.bytesReadBack).toBe(64);
    expect(during.submits - before.submits).toBe(1);
    expect(during.buffersCreated - before.buffersCreated).toBe(1 + ring.count);
    expect(during.bytesAllocated - before.bytesAllocated).toBe(1024 + ring.bytes);
    buffer.destroy();
    buffer.destroy();
    ring.dispose();
    expect(counted.counts().bytesAllocated).toBe(before.bytesAllocated);
  });

  it('says that there is no room, and keeps what there was', async () => {
    const buffers = new RegionBuffers(on.device);
    await buffers.ensure([{ region: 'activations', buffer: 0, bytes: 4096 }]);
    const before = buffers.generation;
    await expect(buffers.ensure([{ region: 'activations', buffer: 0, bytes: 2 ** 40 }])).rejects.toThrow(OutOfDeviceMemory);
    expect(buffers.bufferOf('activations', 0).size).toBe(4096);
    expect(buffers.generation).toBeGreaterThan(before);
    buffers.dispose();
    await expect(allocateBuffer(on.device, { size: 2 ** 40, usage: STORAGE })).rejects.toThrow(OutOfDeviceMemory);
  });

  it('chooses among the matmul variants in seconds, once, and takes given choices', async () => {
    const shapes = [
      { form: 'forward', m: 2048, n: 1536, k: 384 },
      { form: 'inputGradient', m: 2048, n: 384, k: 1536 },
      { form: 'weightGradient', m: 1536, n: 384, k: 2048 },
      { form: 'forward', m: 16, n: 6, k: 384 },
    ] as const;
    const ladder = new MatmulLadder(on);
    const began = performance.now();
    await ladder.settle(shapes);
    expect(performance.now() - began).toBeLessThan(20_000);
    const choices = ladder.choices();
    expect(Object.keys(choices).sort()).toEqual(shapes.map(shapeClass).sort());
    const names = MATMUL_VARIANTS.map(({ name }) => name);
    for (const name of Object.values(choices)) expect(names).toContain(name);
    const given = Object.fromEntries(shapes.map((shape) => [shapeClass(shape), 'tiled']));
    const again = new MatmulLadder(on, { ...given, 'forward 1x1 of 1': 'a variant of old' });
    await again.settle(shapes);
    expect(again.choices()).toEqual(given);
  });

  it('surfaces an error that nobody waits for', async () => {
    const own = await start();
    const waiting = own.watch.guard(new Promise<never>(() => undefined));
    const failing = expect(waiting).rejects.toThrow('WebGPU error');
    own.device.createBuffer({ size: 16, usage: 0xffff });
    // Dawn tells of it when it is next asked for something.
    await own.device.queue.onSubmittedWorkDone();
    await failing;
    expect(own.watch.failure?.message).toContain('WebGPU error');
    own.dispose();
  });
});
