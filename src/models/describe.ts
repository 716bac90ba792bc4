/** Small descriptions that both architectures share: a dense layer, a LayerNorm, a table. */
import type { GraphBuilder, LayerNormParameters, ParameterSpec } from '../engine';

type Part = ParameterSpec['part'];

export function describeDense(
  builder: GraphBuilder,
  prefix: string,
  input: number,
  output: number,
  part: Part = 'encoder',
  standardDeviation = 0.02,
): { weight: string; bias: string } {
  return {
    weight: builder.parameter({ name: `${prefix}.weight`, shape: [output, input], initializer: { kind: 'normal', standardDeviation }, decay: true, part }),
    bias: builder.parameter({ name: `${prefix}.bias`, shape: [output], initializer: { kind: 'zeros' }, decay: false, part }),
  };
}

export function describeLayerNorm(builder: GraphBuilder, prefix: string, hiddenSize: number, epsilon: number): LayerNormParameters {
  return {
    weight: builder.parameter({ name: `${prefix}.weight`, shape: [hiddenSize], initializer: { kind: 'ones' }, decay: false, part: 'encoder' }),
    bias: builder.parameter({ name: `${prefix}.bias`, shape: [hiddenSize], initializer: { kind: 'zeros' }, decay: false, part: 'encoder' }),
    epsilon,
  };
}

export function describeTable(builder: GraphBuilder, name: string, rows: number, hiddenSize: number): string {
  return builder.parameter({ name, shape: [rows, hiddenSize], initializer: { kind: 'normal', standardDeviation: 0.02 }, decay: true, part: 'encoder' });
}
