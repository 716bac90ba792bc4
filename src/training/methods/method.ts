/** The seam for tuning methods: which parameters learn. Later ones also add to the graph and merge back. */
import type { Graph } from '../../engine';

export interface TuningMethod {
  id: string;
  trained(graph: Graph): ReadonlySet<string>;
}
