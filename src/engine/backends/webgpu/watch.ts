/** Work that waits for a device must not wait for ever, nor believe what a broken device gives it. */

import { DeviceLost } from '../../backend';

export interface DeviceLoss {
  reason: string;
  message: string;
}

export class DeviceWatch {
  readonly lost: Promise<DeviceLoss>;
  private readonly waiting = new Set<(error: Error) => void>();
  private failed: Error | null = null;

  constructor(device: GPUDevice) {
    this.lost = device.lost.then(({ reason, message }) => {
      this.fail(new DeviceLost(`WebGPU device lost: ${reason === 'destroyed' ? 'destroyed' : 'unknown reason'}${message ? ` (${message})` : ''}`));
      return { reason, message };
    });
    device.addEventListener('uncapturederror', (event) => {
      // What follows an error that nobody awaited cannot be trusted: the device counts as lost.
      this.fail(new DeviceLost(`WebGPU error: ${event.error.message}`));
    });
  }

  /** Null as long as all is well. */
  get failure(): Error | null {
    return this.failed;
  }

  private fail(error: Error): void {
    this.failed ??= error;
    for (const reject of this.waiting) reject(this.failed);
    this.waiting.clear();
  }

  /** Settles as `work` does, or rejects once the device has failed. */
  guard<Value>(work: Promise<Value>): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      if (this.failed) {
        work.catch(() => undefined);
        reject(this.failed);
        return;
      }
      this.waiting.add(reject);
      work.then(
        (value) => {
          this.waiting.delete(reject);
          resolve(value);
        },
        (thrown: unknown) => {
          // What is under way on a lost device fails a moment before its loss is told: wait for the better reason.
          setTimeout(() => {
            this.waiting.delete(reject);
            reject(this.failed ?? (thrown instanceof Error ? thrown : new Error(String(thrown))));
          }, 20);
        },
      );
    });
  }
}
