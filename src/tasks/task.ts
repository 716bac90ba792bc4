/** The seam for tasks: what a folder under `tasks/` must answer. */
import type { Dataset, Example, Report, TaskId } from '../domain';
import type { Graph } from '../engine';
import type { DescribedModel } from '../models';
import type { EncodedRow, TextTokenizer } from '../text';

/** What of a data set its answers depend on. */
export type TaskFacts = Pick<Dataset, 'labels' | 'scaler'>;

/** Rows with the model's answers, in one order. */
export interface Answered {
  examples: readonly Example[];
  rows: readonly EncodedRow[];
  /** [labels] a row, or [tokens, labels] where every token has a label (padding included). */
  logits: readonly ArrayLike<number>[];
}

/** Followed while training: `loss` steers, everything else is shown. */
export interface TaskScores {
  loss: number;
  /** Null where a task has no single answer a row. */
  accuracy: number | null;
  macroF1: number | null;
  /** The task's own figures by name. */
  own: Record<string, number | null>;
}

export interface ReportParts {
  facts: TaskFacts;
  test: Answered;
  /** Rows that were learnt from; they decide the baseline. */
  training: readonly Example[];
  /** With the weights that are reported; null unless `usesValidation`. */
  validation: Answered | null;
}

export interface TaskDefinition {
  id: TaskId;
  /** `problem_type` in an exported `config.json`; null where transformers has none. */
  problemType: 'single_label_classification' | 'multi_label_classification' | 'regression' | null;
  head: 'sequence' | 'token';
  /** The report chooses something (a threshold) on the validation rows. */
  usesValidation: boolean;
  /** Encoder, head and loss. */
  graph(model: DescribedModel, labels: readonly string[]): Graph;
  /** Token ids with what a batch compares with: a label, token labels or targets. */
  encode(tokenizer: TextTokenizer, example: Example, maxLength: number, facts: TaskFacts): EncodedRow;
  /** The row's one answer as a label id; null where there is no such thing. */
  answer: ((logits: ArrayLike<number>) => number) | null;
  baseline(facts: TaskFacts, test: readonly Example[], training: readonly Example[]): { label: string; accuracy: number } | null;
  scores(facts: TaskFacts, answered: Answered): TaskScores;
  report(parts: ReportParts): Report;
}

/** The one text or two of an example, cut at `maxLength`. Copied, because a batch is filled from typed arrays. */
export function encodeTexts(tokenizer: TextTokenizer, { text, textPair }: Pick<Example, 'text' | 'textPair'>, maxLength: number): Pick<EncodedRow, 'inputIds' | 'tokenTypeIds'> {
  const { inputIds, tokenTypeIds } = tokenizer.encode(text, textPair ?? null, maxLength);
  return { inputIds: Int32Array.from(inputIds), tokenTypeIds: Int32Array.from(tokenTypeIds) };
}
