/** What computes, how quickly, with how much memory, and why: in English. `deviceZh.ts` has the same keys. */
import type { BackendId, DeviceRefusal, RunWarning } from '../../domain';
import { formatFor } from '../format';
import { count } from './countEn';

const { number, bytes, duration, decimal } = formatFor('en');
/** 3e-2: the order of magnitude is what matters. */
const order = (value: number) => value.toExponential(0);
/** “2048 x 384” as people read it. */
const grouped = (size: string) => size.replace(/\d+/g, (digits) => number(Number(digits)));
const speed = (perSecond: number) => number(Number(perSecond.toPrecision(2)));

const refused: Record<DeviceRefusal, string> = {
  'insecure-page': 'This address is not secure (http), so the browser hides the graphics card; open it with https.',
  'no-api': 'This browser does not offer the graphics card to pages. A current Chrome or Edge does.',
  'no-adapter': 'The browser offers no graphics card: switched off, blocked for this driver, or by your administrator.',
  'device-refused': 'The graphics card refused to start. Closing other heavy tabs or updating its driver may help.',
  limits: 'This graphics card has too little memory for this model.',
  'software-adapter': 'The browser only imitates a graphics card here; the processor is quicker.',
  'no-simd': 'This browser lacks the processor instructions (SIMD) that the quicker engine needs.',
  'start-timeout': 'The graphics card did not answer in time.',
  'wrong-numbers': 'The graphics card gave wrong numbers in a check, so it is not used.',
  slower: 'The graphics card was measured, and is slower here.',
  'not-chosen': 'Another device was chosen.',
  failed: 'The graphics card failed while it was starting.',
};

/** The same reasons where it is the processor that they are said of. */
const refusedProcessor: Partial<Record<DeviceRefusal, string>> = {
  'start-timeout': 'The quicker engine on the processor did not start in time.',
  'wrong-numbers': 'The quicker engine on the processor gave wrong numbers in a check, so it is not used.',
  slower: 'The processor was measured, and is slower here.',
  failed: 'The quicker engine on the processor failed while it was starting.',
};

const names: Record<BackendId, string> = {
  webgpu: 'graphics card',
  wasm: 'processor',
  'tfjs-webgpu': 'TensorFlow.js on the graphics card',
  'tfjs-wasm': 'TensorFlow.js on the processor',
  'tfjs-cpu': 'TensorFlow.js on the processor, without SIMD',
};

const starting: Record<BackendId, string> = {
  ...names,
  webgpu: 'The graphics card',
  wasm: 'The engine on the processor',
};

export const deviceEn = {
  /** One sentence after the other. */
  join: (sentences: readonly (string | null)[]) => sentences.filter(Boolean).join(' '),
  gpu: (name: string, withTfjs: boolean) => `On this computer’s graphics card (${name})${withTfjs ? ', with TensorFlow.js' : ''}`,
  cpu: (threads: number | null, withTfjs: boolean) =>
    `On this computer’s processor${threads === null ? '' : `, ${count(threads, 'thread')}`}${withTfjs ? ', with TensorFlow.js' : ''}`,
  is: (device: string) => `${device}.`,
  about: (device: string, seconds: number) => `${device}: about ${duration(seconds)}.`,
  measuring: 'Measuring how long it takes…',
  rows: (rowsPerSecond: number, tokensPerSecond: number | null) =>
    `${decimal(rowsPerSecond, rowsPerSecond < 10 ? 1 : 0)} rows a second${tokensPerSecond === null ? '' : ` (${speed(tokensPerSecond)} tokens)`}.`,
  compared: (speeds: readonly { backend: BackendId; tokensPerSecond: number }[]) =>
    `Measured: ${speeds.map(({ backend, tokensPerSecond }, index) => `${names[backend]} ${speed(tokensPerSecond)}${index === 0 ? ' tokens a second' : ''}`).join(', ')}. The faster one computes.`,
  chosen: 'Chosen under More settings.',
  oneThread: 'One thread only: this site does not send the headers that threads need, so it is slower than it could be.',
  why: 'Why not the graphics card?',
  refused,
  refusedProcessor,
  memory: (total: number) => `Needs about ${bytes(total)} of memory`,
  memoryParts: {
    weights: 'Weights',
    gradients: 'Gradients: which way each weight should move',
    moments: 'Moments: the optimizer’s running means',
    activations: 'Activations: values on their way through the model',
  },
  memoryMuch: (gigabytes: number) =>
    `That is a lot for this device, which has about ${decimal(gigabytes, gigabytes < 1 ? 1 : 0)} GB in all. A smaller batch or a shorter maximum length needs less.`,
  setting: 'Computes with',
  settingNote: 'Automatic tries the graphics card and the processor and takes the faster. TensorFlow.js is a second engine, to compare with. Kept for this browser.',
  choices: {
    automatic: 'Automatic (the faster)',
    webgpu: 'Graphics card',
    wasm: 'Processor',
    'tfjs-webgpu': 'TensorFlow.js on the graphics card',
    'tfjs-wasm': 'TensorFlow.js on the processor',
  },
  notStarted: 'This one could not be started.',
  backToAutomatic: 'Choose automatically',
  /** @param reason of a typed refusal, with details of the device behind it */
  refusedCause: (backend: string, reason: string) => {
    const onProcessor = !backend.includes('webgpu');
    const known = reason.split(' ', 1)[0] as DeviceRefusal;
    const why = (onProcessor ? refusedProcessor[known] : undefined) ?? refused[known] ?? '';
    return `${starting[backend as BackendId] ?? backend} could not be started. ${why}`.trim();
  },
  wrongNumbers: ({ device, kernel, size, difference, allowed }: Extract<RunWarning, { kind: 'wrong-numbers' }>) =>
    device === 'CPU'
      ? `The quicker engine on the processor gave wrong numbers in “${kernel}” at ${grouped(size)}: off by ${order(difference)}, allowed ${order(allowed)}. It is not used; a slower one computes instead.`
      : `This graphics card (${device}) gave wrong numbers in “${kernel}” at ${grouped(size)}: off by ${order(difference)}, allowed ${order(allowed)}. It is not used; the processor computes instead.`,
  smallerBatches: (total: number) =>
    `The device had no room for a whole batch; ${count(total, 'row')} ${total === 1 ? 'is' : 'are'} computed at once. The result is the same.`,
  resumed: (lostAt: number, step: number) =>
    `The graphics driver was reset at step ${number(lostAt)}; going on from ${step === 0 ? 'the start' : `step ${number(step)}`}.`,
  wentOn: (lostAt: number, step: number) =>
    `The graphics driver was reset at step ${number(lostAt)}; the run went on from ${step === 0 ? 'the start' : `step ${number(step)}`}.`,
  details: {
    engine: 'Engine',
    engines: { own: 'Anneal’s own', tfjs: 'TensorFlow.js' },
    device: 'Device',
    threads: 'Threads',
    memory: 'Memory needed',
    choices: 'How it computed',
    build: 'Build',
    tile: 'Rows in a tile',
  },
};

export type DeviceMessages = typeof deviceEn;
