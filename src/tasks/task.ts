/** The seam for tasks: what a folder under `tasks/` must answer. */
import type { Example, Prediction, Report } from '../domain';
import type { Graph } from '../engine';
import type { DescribedModel } from '../models';

export interface TaskDefinition {
  id: string;
  /** `problem_type` in an exported `config.json`. */
  problemType: string;
  /** Encoder, head and loss. */
  graph(model: DescribedModel, labels: readonly string[]): Graph;
  predictions(examples: readonly Example[], logits: readonly ArrayLike<number>[]): Prediction[];
  /** @param training rows that were learnt from; they decide the baseline */
  report(labels: readonly string[], predictions: Prediction[], training: readonly Example[]): Report;
  /** Scores that are followed while training. */
  scores(labels: readonly string[], examples: readonly Example[], logits: readonly ArrayLike<number>[]): { loss: number; accuracy: number; macroF1: number };
}
