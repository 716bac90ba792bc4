/** Float64 references of the activations. */
import type { Activation } from '../../graph/graph';
import { at, store, type Reference } from '../memory';
import { erfc } from './erf';

interface Curve {
  value(x: number): number;
  slope(x: number): number;
}

/** The normal distribution: x falls below with probability Phi(x). */
const normalCumulative = (x: number) => erfc(-x / Math.SQRT2) / 2;
const normalDensity = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** The inner function of gelu_new, u(x) = sqrt(2 / pi) (x + 0.044715 x³), and its slope. */
const GELU_SCALE = Math.sqrt(2 / Math.PI);
const GELU_CUBIC = 0.044715;
const geluInner = (x: number) => GELU_SCALE * (x + GELU_CUBIC * x ** 3);
const geluInnerSlope = (x: number) => GELU_SCALE * (1 + 3 * GELU_CUBIC * x ** 2);

const CURVES: Record<Activation, Curve> = {
  none: { value: (x) => x, slope: () => 1 },
  /** x Phi(x) (Hendrycks & Gimpel, 2016). */
  gelu: { value: (x) => x * normalCumulative(x), slope: (x) => normalCumulative(x) + x * normalDensity(x) },
  /** x (1 + tanh u) / 2: Hugging Face's `gelu_new`, torch's approximate='tanh'. */
  gelu_new: {
    value: (x) => (x * (1 + Math.tanh(geluInner(x)))) / 2,
    slope: (x) => {
      const tanh = Math.tanh(geluInner(x));
      return (1 + tanh) / 2 + (x * (1 - tanh ** 2) * geluInnerSlope(x)) / 2;
    },
  },
  /** The slope at 0 is 0, as in torch. */
  relu: { value: (x) => Math.max(x, 0), slope: (x) => (x > 0 ? 1 : 0) },
  tanh: { value: (x) => Math.tanh(x), slope: (x) => 1 - Math.tanh(x) ** 2 },
};

export function activate(activation: Activation, x: number): number {
  return CURVES[activation].value(x);
}

/** activation'(x). */
export function activationSlope(activation: Activation, x: number): number {
  return CURVES[activation].slope(x);
}

export const applyActivation: Reference<'applyActivation'> = ({ reads, writes, elements, activation }, memory) => {
  const input = memory.get(reads.input);
  const output = memory.get(writes.output);
  for (let element = 0; element < elements; element++) store(output, element, activate(activation, at(input, element)));
};

export const activationGradient: Reference<'activationGradient'> = ({ reads, writes, elements, activation }, memory) => {
  const dOutput = memory.get(reads.dOutput);
  const input = memory.get(reads.input);
  const dInput = memory.get(writes.dInput);
  for (let element = 0; element < elements; element++) {
    store(dInput, element, at(dOutput, element) * activationSlope(activation, at(input, element)));
  }
};
