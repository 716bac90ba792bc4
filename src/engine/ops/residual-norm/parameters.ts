/** The gradients of any LayerNorm's weight and bias, which the embedding has too. */
import type { PlanBuilder } from '../../plan/builder';
import type { DropoutSpec, TensorId } from '../../plan/tensor';

interface NormParameters {
  weight: string;
  bias: string;
  dOutput: TensorId;
  sum: TensorId;
  statistics: TensorId;
  tokens: number;
  hidden: number;
  outputDropout: DropoutSpec | null;
}

export function normParameters(builder: PlanBuilder, { weight, bias, dOutput, sum, statistics, tokens, hidden, outputDropout }: NormParameters): void {
  const dWeight = builder.claimParameter(weight, [hidden]);
  const dBias = builder.claimParameter(bias, [hidden]);
  const emit = (weightTensor: TensorId | null, biasTensor: TensorId | null, accumulate: boolean): void =>
    builder.emit({
      kind: 'normParameterGradient',
      reads: { dOutput, sum, statistics, scalars: builder.inputs.scalars },
      writes: { dWeight: weightTensor, dBias: biasTensor },
      tokens,
      hidden,
      outputDropout,
      accumulate,
    });
  if (dWeight && dBias && dWeight.accumulate === dBias.accumulate) {
    emit(dWeight.tensor, dBias.tensor, dWeight.accumulate);
    return;
  }
  if (dWeight) emit(dWeight.tensor, null, dWeight.accumulate);
  if (dBias) emit(null, dBias.tensor, dBias.accumulate);
}
