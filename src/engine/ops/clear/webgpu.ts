/** Zeros on WebGPU: the command encoder writes them, without a dispatch. */
import type { ClearStep } from '../../backends/webgpu/kernel';
import type { Clear } from './op';

export function clear({ writes: to, elements }: Clear): ClearStep[] {
  return [{ label: 'clear', clear: to.target, elements }];
}
