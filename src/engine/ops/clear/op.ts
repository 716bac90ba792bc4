/** Zeros: gradients of a table of which only some rows are written. */
import type { TensorId } from '../../plan/tensor';

export interface Clear {
  kind: 'clear';
  reads: Record<string, never>;
  writes: { target: TensorId };
  elements: number;
}
