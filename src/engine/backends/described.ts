/** A backend with what was found out about it, and about the others, while it was chosen. */
import type { BackendId, DeviceDescription } from '../../domain';
import type { Backend, EngineSession, SessionOptions } from '../backend';

export class DescribedBackend implements Backend {
  readonly id: BackendId;
  readonly device: DeviceDescription;

  constructor(
    private readonly inner: Backend,
    facts: Pick<DeviceDescription, 'refused' | 'speeds'>,
  ) {
    this.id = inner.id;
    this.device = { ...inner.device, ...facts };
  }

  /** Asked for each time: a device may choose kernels while it works. */
  get choices(): Readonly<Record<string, string>> {
    return this.inner.choices;
  }

  get failed(): boolean {
    return this.inner.failed;
  }

  openSession(options: SessionOptions): EngineSession {
    return this.inner.openSession(options);
  }

  dispose(): void {
    this.inner.dispose();
  }
}
