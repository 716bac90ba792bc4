/** What the cases of the losses share: logits behind the results, a scale, gradients in the arena. */
import type { TensorId } from '../plan/tensor';
import { CaseBuilder } from './caseBuilder';

export interface LossSizes {
  rows: number;
  labels: number;
}

export interface LossTensors {
  logits: TensorId;
  scalars: TensorId;
  dLogits: TensorId;
  results: TensorId;
}

export const lossName = ({ rows, labels }: LossSizes, note: string) => `${rows} x ${labels}${note}`;

/** `deviation`: of the logits; beyond about 90 exponentials overflow. */
export function lossTensors(build: CaseBuilder, { rows, labels }: LossSizes, lossScale: number, deviation: number): LossTensors {
  const scalars = build.scalars({ lossScale });
  const results = build.results();
  const logits = build.random('logits', [rows, labels], 'results', deviation);
  const dLogits = build.output('dLogits', [rows, labels]);
  return { logits, scalars, dLogits, results };
}
