/** Dropout by itself on WebGPU: an invocation takes four elements, one Philox block, where rows allow. */
import { elementwise, elementwiseGroups, input, reads, writes, type Kernel } from '../../backends/webgpu/kernel';
import { dropouts, dropsAny } from '../../backends/webgpu/snippets';
import type { ApplyDropout } from './op';

export function applyDropout({ reads: from, writes: to, elements, dropout, accumulate }: ApplyDropout): Kernel[] {
  const four = elements % 4 === 0 && dropout.elementsPerRow % 4 === 0;
  const element = four ? 'vec4<f32>' : 'f32';
  const source = dropouts({ mask: dropout });
  const count = four ? elements / 4 : elements;
  const scale = four ? 'maskScale4(index * 4u)' : 'maskScale(index)';
  return [
    {
      label: 'applyDropout',
      operands: {
        input: reads(from.input, element),
        ...(dropsAny(dropout) ? { scalars: input(from.scalars) } : {}),
        output: writes(to.output, element),
      },
      numbers: { count, ...source.numbers },
      body: source.code + elementwise('numbers.count', `  $output[index] ${accumulate ? '+=' : '='} $input[index] * ${scale};`),
      workgroups: elementwiseGroups(count),
      operations: elements * 60,
    },
  ];
}
