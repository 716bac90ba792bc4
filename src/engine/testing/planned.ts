/** Graphs for the planner's tests, from the configurations of the golden models. */
import { readFileSync } from 'node:fs';
import { recognizeModel } from '../../models';
import type { Graph } from '../graph/graph';
import { compilePlan, layoutFor } from '../plan/compile';
import { UNLIMITED } from '../plan/memory';
import type { Plan, PlanLimits } from '../plan/plan';

export const MINIMUM_LIMITS: PlanLimits = { maxBindingBytes: 128 * 2 ** 20, maxBufferBytes: 256 * 2 ** 20 };

/** @param folder of config.json */
export function graphOf(folder: string, labels: number): Graph {
  const config: unknown = JSON.parse(readFileSync(`${folder}/config.json`, 'utf8'));
  return recognizeModel(config, 'config.json').model.sequenceClassificationGraph(labels);
}

export const allNames = (graph: Graph): Set<string> => new Set(graph.parameters.map(({ name }) => name));

export interface PlanOptions {
  trained?: ReadonlySet<string>;
  purpose?: Plan['purpose'];
  accumulate?: boolean;
  limits?: PlanLimits;
}

export function planOf(graph: Graph, rows: number, length: number, { trained = allNames(graph), purpose = 'train', accumulate = false, limits = UNLIMITED }: PlanOptions = {}): Plan {
  return compilePlan({ graph, layout: layoutFor(graph, trained, limits), trained, purpose, rows, length, accumulate }, limits);
}
