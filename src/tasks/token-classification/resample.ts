/** Figures of tagged sentences drawn anew: words of one sentence stand and fall together, so sentences are drawn. */
import type { TagScheme } from '../../domain';
import type { Resample } from '../bootstrap';
import { entityCounts, f1Of, ratio } from './metrics';

export interface Sentence {
  /** Tags by name, one a word. */
  truth: readonly string[];
  answers: readonly string[];
  /** Losses of the words that were read. */
  losses: readonly number[];
}

/** Entities by type of all sentences, one after another; those of sentence s begin at `starts[s]`. */
function countTypes(sentences: readonly Sentence[], scheme: TagScheme) {
  const ids = new Map<string, number>();
  const counted = sentences.map(({ truth, answers }) => [...entityCounts(truth, answers, scheme)]);
  const all = counted.flat();
  for (const [type] of all) if (!ids.has(type)) ids.set(type, ids.size);
  const starts = new Uint32Array(sentences.length + 1);
  counted.forEach((own, index) => (starts[index + 1] = (starts[index] ?? 0) + own.length));
  return {
    starts,
    types: ids.size,
    type: Uint32Array.from(all, ([type]) => ids.get(type) ?? 0),
    right: Uint32Array.from(all, ([, { right }]) => right),
    support: Uint32Array.from(all, ([, { support }]) => support),
    answered: Uint32Array.from(all, ([, { answered }]) => answered),
  };
}

/** Entities of one type of what was drawn. */
interface Sums {
  right: number;
  support: number;
  answered: number;
}

function entityFigures(types: readonly Sums[]) {
  const present = types.filter(({ support, answered }) => support + answered > 0);
  const sum = (of: (one: Sums) => number): number => present.reduce((total, one) => total + of(one), 0);
  const all = { right: sum(({ right }) => right), support: sum(({ support }) => support), answered: sum(({ answered }) => answered) };
  return { precision: ratio(all.right, all.answered), recall: ratio(all.right, all.support), f1: f1Of(all), macroF1: present.length > 0 ? sum(f1Of) / present.length : 0 };
}

export function resampleSentences(sentences: readonly Sentence[], scheme: TagScheme): Resample {
  const entities = countTypes(sentences, scheme);
  const words = Uint32Array.from(sentences, ({ truth }) => truth.length);
  const right = Uint32Array.from(sentences, ({ truth, answers }) => truth.filter((tag, word) => tag === answers[word]).length);
  const read = Uint32Array.from(sentences, ({ losses }) => losses.length);
  const losses = Float64Array.from(sentences, (sentence) => sentence.losses.reduce((sum, loss) => sum + loss, 0));
  return {
    rows: sentences.length,
    shares: ['tokenAccuracy'],
    figures(counts) {
      const types = Array.from({ length: entities.types }, (): Sums => ({ right: 0, support: 0, answered: 0 }));
      const sums = { words: 0, right: 0, read: 0, loss: 0 };
      for (let sentence = 0; sentence < sentences.length; sentence += 1) {
        const count = counts[sentence] ?? 0;
        if (count === 0) continue;
        sums.words += count * (words[sentence] ?? 0);
        sums.right += count * (right[sentence] ?? 0);
        sums.read += count * (read[sentence] ?? 0);
        sums.loss += count * (losses[sentence] ?? 0);
        for (let place = entities.starts[sentence] ?? 0; place < (entities.starts[sentence + 1] ?? 0); place += 1) {
          const type = types[entities.type[place] ?? 0];
          if (!type) continue;
          type.right += count * (entities.right[place] ?? 0);
          type.support += count * (entities.support[place] ?? 0);
          type.answered += count * (entities.answered[place] ?? 0);
        }
      }
      return { ...entityFigures(types), tokenAccuracy: sums.words > 0 ? sums.right / sums.words : 0, loss: sums.read > 0 ? sums.loss / sums.read : 0 };
    },
  };
}
