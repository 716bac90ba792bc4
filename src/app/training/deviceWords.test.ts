import { describe, expect, it } from 'vitest';
import type { DeviceDescription } from '../../domain';
import { messagesFor } from '../messages';
import { comparedSpeeds, deviceMemory, deviceWords, lacksThreads, refusalWords } from './deviceWords';

const en = messagesFor('en');
const zh = messagesFor('zh');
const onCpu: DeviceDescription = { backend: 'wasm', name: 'CPU', refused: [], threads: 2, speeds: [] };
const onGpu: DeviceDescription = { ...onCpu, backend: 'webgpu', name: 'Intel Iris Xe', threads: null };
/** As a log of the first version has it. */
const old = { backend: 'tfjs-wasm', name: 'CPU', refused: [{ backend: 'tfjs-webgpu', reason: 'no-adapter', detail: '' }] } as const;

describe('deviceWords', () => {
  it('names the device, its threads and the engine', () => {
    expect(deviceWords(en, onCpu)).toBe('On this computer’s processor, 2 threads');
    expect(deviceWords(en, { ...onCpu, threads: 1 })).toBe('On this computer’s processor, 1 thread');
    expect(deviceWords(en, onGpu)).toBe('On this computer’s graphics card (Intel Iris Xe)');
    expect(deviceWords(en, { ...onGpu, backend: 'tfjs-webgpu' })).toBe('On this computer’s graphics card (Intel Iris Xe), with TensorFlow.js');
    expect(deviceWords(zh, onCpu)).toBe('用这台电脑的处理器（2 个线程）');
    expect(deviceWords(zh, { ...onGpu, backend: 'tfjs-webgpu' })).toBe('用这台电脑的显卡（Intel Iris Xe，TensorFlow.js）');
  });

  it('takes what an old log lacks as unknown', () => {
    const stored = { ...old, refused: [...old.refused] };
    expect(deviceWords(en, stored)).toBe('On this computer’s processor, with TensorFlow.js');
    expect(deviceWords(zh, stored)).toBe('用这台电脑的处理器（TensorFlow.js）');
    expect(comparedSpeeds(stored)).toBeNull();
    expect(refusalWords(en, stored)).toEqual([en.device.refused['no-adapter']]);
    expect(lacksThreads(stored, { isolated: false, cores: 8 })).toBe(false);
  });
});

describe('why this device', () => {
  const speeds: DeviceDescription['speeds'] = [
    { backend: 'webgpu', tokensPerSecond: 12_034 },
    { backend: 'wasm', tokensPerSecond: 1500 },
  ];

  it('says both speeds, and then not in words too that one is slower', () => {
    const device: DeviceDescription = { ...onCpu, speeds, refused: [{ backend: 'webgpu', reason: 'slower', detail: '' }] };
    expect(refusalWords(en, device)).toEqual([]);
    expect(en.device.compared(comparedSpeeds(device) ?? [])).toBe(
      'Measured: graphics card 12,000 tokens a second, processor 1,500. The faster one computes.',
    );
    expect(comparedSpeeds({ ...device, speeds: speeds.slice(1) })).toBeNull();
  });

  it('gives each reason once, in the words of what refused', () => {
    const refused: DeviceDescription['refused'] = [
      { backend: 'webgpu', reason: 'failed', detail: 'a' },
      { backend: 'tfjs-webgpu', reason: 'failed', detail: 'b' },
      { backend: 'wasm', reason: 'failed', detail: 'c' },
      { backend: 'tfjs-cpu', reason: 'not-chosen', detail: '' },
    ];
    expect(refusalWords(en, { ...onCpu, backend: 'tfjs-wasm', refused })).toEqual([
      en.device.refused.failed,
      en.device.refusedProcessor.failed,
    ]);
    expect(refusalWords(en, { ...onGpu, refused })).toEqual([]);
  });

  it('speaks of missing threads only where headers are the cause', () => {
    const one = { ...onCpu, threads: 1 };
    expect(lacksThreads(one, { isolated: false, cores: 4 })).toBe(true);
    expect(lacksThreads(one, { isolated: true, cores: 4 })).toBe(false);
    expect(lacksThreads(one, { isolated: false, cores: 1 })).toBe(false);
    expect(lacksThreads(onCpu, { isolated: false, cores: 4 })).toBe(false);
    expect(lacksThreads({ ...one, backend: 'tfjs-wasm' }, { isolated: false, cores: 4 })).toBe(false);
  });

  it('reads the memory that a browser tells, and none where it tells none', () => {
    expect(deviceMemory({ deviceMemory: 4 })).toBe(4);
    expect(deviceMemory({})).toBeNull();
  });
});

describe('words of warnings', () => {
  it('groups figures and rounds differences to their order', () => {
    const warning = { kind: 'wrong-numbers', device: 'A', kernel: 'linear', size: '2048 x 384 x 1536', difference: 0.0312, allowed: 0.001 } as const;
    expect(en.device.wrongNumbers(warning)).toContain('“linear” at 2,048 x 384 x 1,536: off by 3e-2, allowed 1e-3.');
    expect(zh.device.wrongNumbers(warning)).toContain('2,048 x 384 x 1,536');
    expect(en.device.resumed(210, 200)).toBe('The graphics driver was reset at step 210; going on from step 200.');
    expect(en.device.resumed(3, 0)).toContain('going on from the start.');
    expect(en.device.smallerBatches(1)).toContain('1 row is computed at once');
  });

  it('says which chosen device could not be started and why', () => {
    expect(en.errors['device.refused']({ backend: 'tfjs-webgpu', reason: 'no-adapter' }).cause).toMatch(/^TensorFlow\.js on the graphics card could not be started\. The browser offers no graphics card/);
    expect(en.errors['device.refused']({ backend: 'wasm', reason: 'failed out of memory' }).cause).toContain('The quicker engine on the processor failed');
    expect(en.errors['device.refused']({ backend: 'other', reason: 'odd' }).cause).toBe('other could not be started.');
    expect(zh.errors['device.refused']({ backend: 'webgpu', reason: 'no-api x' }).cause).toContain('显卡没能启动。');
  });
});
