/** An executor that is still being started: sessions open at once, their first call waits. */
import type { ParameterLayout, Plan, PlanLimits, UpdatePlan } from '../plan/plan';
import type { ExecutorCounts, ExecutorMemory, PlanExecutor, WritableRegion, Work } from './executor';

const NOTHING: ExecutorCounts = { dispatches: null, submits: null, buffersCreated: null, bindGroupsCreated: null, bytesUploaded: null, bytesReadBack: null };

export class LazyExecutor implements PlanExecutor {
  private executor: PlanExecutor | null = null;
  private disposed = false;

  constructor(
    readonly limits: PlanLimits,
    private readonly start: () => Promise<PlanExecutor>,
  ) {}

  async allocate(layout: ParameterLayout, update: UpdatePlan): Promise<void> {
    const executor = await this.start();
    if (this.disposed) {
      executor.dispose();
      throw new Error('The session was closed before its device had started.');
    }
    this.executor = executor;
    await executor.allocate(layout, update);
  }

  write(region: WritableRegion, buffer: number, offset: number, data: Float32Array): void {
    this.started().write(region, buffer, offset, data);
  }

  read(region: WritableRegion, buffer: number, offset: number, elements: number): Promise<Float32Array> {
    return this.started().read(region, buffer, offset, elements);
  }

  clear(region: WritableRegion): void {
    this.started().clear(region);
  }

  prepare(plan: Plan): Promise<void> {
    return this.started().prepare(plan);
  }

  run(work: readonly Work[], update: boolean): Promise<Float32Array[]> {
    return this.started().run(work, update);
  }

  memory(): ExecutorMemory {
    return this.executor?.memory() ?? { buffers: 0, bytes: 0 };
  }

  counts(): ExecutorCounts {
    return this.executor?.counts() ?? NOTHING;
  }

  dispose(): void {
    this.disposed = true;
    this.executor?.dispose();
  }

  private started(): PlanExecutor {
    if (!this.executor) throw new Error('Nothing is allocated yet.');
    return this.executor;
  }
}
