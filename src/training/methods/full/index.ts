/** Full fine-tuning: every parameter learns. */
import type { TuningMethod } from '../method';

export const full: TuningMethod = {
  id: 'full',
  trained: (graph) => new Set(graph.parameters.map(({ name }) => name)),
};
