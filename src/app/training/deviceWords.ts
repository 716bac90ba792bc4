/** What a device is called, and what of the way it was chosen is worth saying. */
import type { BackendId, DeviceDescription } from '../../domain';
import type { Messages } from '../messages';

export const isTfjs = (backend: BackendId): boolean => backend.startsWith('tfjs-');
const isGraphicsCard = (backend: BackendId): boolean => backend === 'webgpu' || backend === 'tfjs-webgpu';

/** Devices in logs of older versions lack what was added since. */
type StoredDevice = Omit<DeviceDescription, 'threads' | 'speeds'> & Partial<Pick<DeviceDescription, 'threads' | 'speeds'>>;

/** "On this computer's graphics card (Intel Iris Xe)" or "On this computer's processor, 2 threads". */
export function deviceWords(messages: Messages, device: StoredDevice): string {
  const { backend, name, threads = null } = device;
  const words = messages.device;
  return isGraphicsCard(backend) ? words.gpu(name, isTfjs(backend)) : words.cpu(threads, isTfjs(backend));
}

/** Both measured speeds where two devices were compared; otherwise there is nothing to compare. */
export function comparedSpeeds({ speeds = [] }: StoredDevice): DeviceDescription['speeds'] | null {
  return speeds.length > 1 ? speeds : null;
}

/** Sentences that say why the graphics card does not compute; none where it does. */
export function refusalWords(messages: Messages, device: StoredDevice): string[] {
  if (isGraphicsCard(device.backend)) return [];
  const { refused, refusedProcessor } = messages.device;
  const compared = comparedSpeeds(device) !== null;
  const sentences = device.refused
    // A choice by hand is said elsewhere, and two speeds side by side need no sentence that one is slower.
    .filter(({ reason }) => reason !== 'not-chosen' && !(reason === 'slower' && compared))
    .map(({ backend, reason }) => (isGraphicsCard(backend) ? undefined : refusedProcessor[reason]) ?? refused[reason]);
  return [...new Set(sentences)];
}

/** Our engine has one thread although the processor has more: the page lacks the headers that threads need. */
export function lacksThreads({ backend, threads }: StoredDevice, page: { isolated: boolean; cores: number }): boolean {
  return backend === 'wasm' && threads === 1 && page.cores > 1 && !page.isolated;
}

/** Gigabytes of memory that the browser says this device has, rounded and capped by it; null where it tells none. */
export function deviceMemory(navigator: object): number | null {
  const gigabytes: unknown = Reflect.get(navigator, 'deviceMemory');
  return typeof gigabytes === 'number' && gigabytes > 0 ? gigabytes : null;
}
