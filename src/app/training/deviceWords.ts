import type { DeviceDescription } from '../../domain';
import type { Messages } from '../messages';

/** "On this computer's graphics card (Intel Iris Xe)" or "On this computer's processor". */
export function deviceWords(messages: Messages, device: DeviceDescription): string {
  return device.backend === 'tfjs-webgpu' ? messages.training.gpu(device.name) : messages.training.cpu;
}
