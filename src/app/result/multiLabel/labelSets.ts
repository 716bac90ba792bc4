/** Sets of label ids: what two have not in common, and shares over all rows. */

export interface Difference {
  missed: number[];
  extra: number[];
}

export function differenceOf(truth: readonly number[], answer: readonly number[]): Difference {
  return { missed: truth.filter((id) => !answer.includes(id)), extra: answer.filter((id) => !truth.includes(id)) };
}

export function sameLabels(truth: readonly number[], answer: readonly number[]): boolean {
  return truth.length === answer.length && truth.every((id) => answer.includes(id));
}

/** Of all answered labels how many are right, and of all true ones how many are answered; null of none. */
export function microShares(rows: readonly { label: readonly number[]; predicted: readonly number[] }[]): { precision: number | null; recall: number | null } {
  let right = 0;
  let answered = 0;
  let support = 0;
  for (const { label, predicted } of rows) {
    right += label.filter((id) => predicted.includes(id)).length;
    answered += predicted.length;
    support += label.length;
  }
  return { precision: answered > 0 ? right / answered : null, recall: support > 0 ? right / support : null };
}
