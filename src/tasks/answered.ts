/** Between a report and the model: what was asked, and which of the model's numbers count. */
import type { Example, Report, Target } from '../domain';
import type { EncodedRow } from '../text';

/** The test rows of a report as they were asked, so that another model can be asked the same. */
export function examplesOf(report: Report): Example[] {
  const of = ({ row, text, textPair }: { row: number; text: string; textPair?: string }, target: Target): Example => ({
    row,
    text,
    ...(textPair !== undefined && { textPair }),
    target,
  });
  switch (report.kind) {
    case 'class':
      return report.predictions.map((one) => of(one, { kind: 'class', label: one.label }));
    case 'number':
      return report.predictions.map((one) => of(one, { kind: 'number', value: one.label }));
    case 'labels':
      return report.predictions.map((one) => of(one, { kind: 'labels', labels: one.label }));
    case 'tokens':
      return report.predictions.map((one) => of(one, { kind: 'tokens', words: one.words, labels: one.label }));
  }
}

/** The logits that decide an answer, as a report keeps them: all of a row's, or those of each word's first token. */
export function countedLogits(logits: ArrayLike<number>, row: EncodedRow | undefined, labels: number): number[] {
  const all = Array.from(logits);
  if (row?.tokenLabels === undefined) return all;
  return [...row.tokenLabels.keys()].filter((token) => row.tokenLabels?.[token] !== -1).flatMap((token) => all.slice(token * labels, (token + 1) * labels));
}
