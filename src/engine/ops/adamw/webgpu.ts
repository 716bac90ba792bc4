/** AdamW on WebGPU: an invocation takes four elements (or one, where a buffer does not divide). */
import { elementwise, elementwiseGroups, input, reads, writes, type Kernel } from '../../backends/webgpu/kernel';
import { scalar } from '../../backends/webgpu/snippets';
import { RESULTS } from '../../plan/tensor';
import type { AdamW } from './op';

export function adamw({ reads: from, writes: to, elements, decayedElements }: AdamW): Kernel[] {
  const four = elements % 4 === 0;
  const type = four ? 'vec4<f32>' : 'f32';
  const count = four ? elements / 4 : elements;
  const indices = four ? 'vec4<u32>(index * 4u) + vec4<u32>(0u, 1u, 2u, 3u)' : 'index';
  const wide = (value: string) => (four ? `vec4<f32>(${value})` : value);
  return [
    {
      label: 'adamw',
      operands: {
        parameters: writes(to.parameters, type),
        gradients: reads(from.gradients, type),
        firstMoments: writes(to.firstMoments, type),
        secondMoments: writes(to.secondMoments, type),
        scalars: input(from.scalars),
        results: reads(from.results),
      },
      numbers: { count, decayed: decayedElements },
      body: elementwise(
        'numbers.count',
        `
  let coefficient = $results[${RESULTS.clipCoefficient}];
  if (coefficient == 0.0f) { return; }
  let learningRate = ${scalar('learningRate')};
  let beta1 = ${scalar('beta1')};
  let beta2 = ${scalar('beta2')};
  let g = $gradients[index] * coefficient;
  var p = $parameters[index];
  let decays = ${indices} < ${four ? 'vec4<u32>(numbers.decayed)' : 'numbers.decayed'};
  p -= select(${wide('0.0f')}, learningRate * ${scalar('weightDecay')} * p, decays);
  var m = beta1 * $firstMoments[index] + (1.0f - beta1) * g;
  m = select(m, ${wide('0.0f')}, abs(m) < ${wide('1e-30f')});
  let v = beta2 * $secondMoments[index] + (1.0f - beta2) * g * g;
  p -= learningRate * (m / ${scalar('correction1')}) / (sqrt(v / ${scalar('correction2')}) + ${scalar('epsilon')});
  $parameters[index] = p;
  $firstMoments[index] = m;
  $secondMoments[index] = v;`,
      ),
      workgroups: elementwiseGroups(count),
      operations: elements * 40,
    },
  ];
}
