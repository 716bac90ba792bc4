/** Activations by themselves on WebGPU: one invocation for each element. */
import { elementwise, elementwiseGroups, reads, writes, type Kernel } from '../../backends/webgpu/kernel';
import { activationCode } from '../../backends/webgpu/snippets';
import type { ActivationGradient, ApplyActivation } from './op';

export function applyActivation({ reads: from, writes: to, elements, activation }: ApplyActivation): Kernel[] {
  return [
    {
      label: 'applyActivation',
      operands: { input: reads(from.input), output: writes(to.output) },
      numbers: { elements },
      body: activationCode(activation) + elementwise('numbers.elements', '  $output[index] = activate($input[index]);'),
      workgroups: elementwiseGroups(elements),
      operations: elements * 20,
    },
  ];
}

export function activationGradient({ reads: from, writes: to, elements, activation }: ActivationGradient): Kernel[] {
  return [
    {
      label: 'activationGradient',
      operands: { dOutput: reads(from.dOutput), input: reads(from.input), dInput: writes(to.dInput) },
      numbers: { elements },
      body: activationCode(activation) + elementwise('numbers.elements', '  $dInput[index] = $dOutput[index] * slope($input[index]);'),
      workgroups: elementwiseGroups(elements),
      operations: elements * 20,
    },
  ];
}
