/** Cases of AdamW: first and late steps, decay of none, some and all, no update, moments that vanish. */
import { RESULT_WORDS, RESULTS } from '../../plan/tensor';
import type { InstructionCase } from '../../check/runner';
import { CaseBuilder, DIRTY, filled, SeededNumbers } from '../caseBuilder';

interface Variant {
  elements: number;
  decayed?: number;
  step?: number;
  clip?: number;
  learningRate?: number;
  /** Sizes of gradients and first moments; second moments are about the squares of the latter. */
  gradient?: number;
  moment?: number;
  note?: string;
}

function adamwCase({ elements, decayed = elements, step = 7, clip = 1, learningRate = 0.02, gradient = 0.01, moment = 0.01, note = '' }: Variant): InstructionCase {
  const build = new CaseBuilder(`${elements} elements, ${decayed} decayed, step ${step}, clip ${clip}${note}`);
  const [beta1, beta2] = [0.9, 0.999];
  const scalars = build.scalars({
    step, learningRate, weightDecay: 0.1, beta1, beta2, epsilon: 1e-8, correction1: 1 - beta1 ** step, correction2: 1 - beta2 ** step,
  });
  const values = filled(RESULT_WORDS, DIRTY);
  values[RESULTS.clipCoefficient] = Math.fround(clip);
  const results = build.results(values);
  const flat = (name: string, region: 'parameters' | 'gradients' | 'firstMoments' | 'secondMoments', numbers: Float64Array) =>
    build.tensor(name, [elements], region, numbers, { first: true });
  const parameters = flat('parameters', 'parameters', build.numbers.normal(elements, 0.1));
  // An element in five has no gradient, as rows of a table that do not occur; without moments it must not move.
  const sparse = (deviation: number) => build.numbers.normal(elements, deviation).map((value, index) => (index % 5 === 2 ? 0 : value));
  const gradients = flat('gradients', 'gradients', sparse(gradient));
  // Never far below the first moment's square, as in training: else one enormous update would hide all others.
  const secondMoment = (value: number) => (value === 0 ? 0 : Math.fround(value ** 2 + moment ** 2 / 4));
  const firstMoments = flat('firstMoments', 'firstMoments', sparse(moment));
  const secondMoments = flat('secondMoments', 'secondMoments', sparse(moment).map(secondMoment));
  return build.build({
    kind: 'adamw',
    reads: { parameters, gradients, firstMoments, secondMoments, scalars, results },
    writes: { parameters, firstMoments, secondMoments },
    elements, decayedElements: decayed,
  });
}

export function adamwCases(): InstructionCase[] {
  const numbers = new SeededNumbers(15);
  return [
    adamwCase({ elements: 1 }),
    adamwCase({ elements: 7, decayed: 3 }),
    adamwCase({ elements: 64, decayed: 0 }),
    adamwCase({ elements: 4099, decayed: 2048 }),
    adamwCase({ elements: 1000, step: 1, moment: 0, note: ', first step' }),
    adamwCase({ elements: 1000, decayed: 320, step: 1, moment: 0, clip: 0.3, note: ', first step' }),
    adamwCase({ elements: 1000, decayed: 512, step: 5000, clip: 0.01, learningRate: 5e-5, note: ', late' }),
    adamwCase({ elements: 65, clip: 0, note: ', nothing to do' }),
    // The largest moment is far below the limit, so every one is stored as 0 exactly.
    adamwCase({ elements: 129, gradient: 0, moment: 1e-32, note: ', moments vanish' }),
    adamwCase({ elements: 129, gradient: 0, moment: 0, note: ', nothing but decay' }),
    ...Array.from({ length: 5 }, () => {
      const elements = numbers.integer(1, 3000);
      return adamwCase({ elements, decayed: numbers.integer(0, elements), step: numbers.integer(1, 400), clip: 0.25 + numbers.uniform() / 2 });
    }),
  ];
}
