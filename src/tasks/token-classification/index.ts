/** A tag for each word (BIO): the word's first token is labelled, its others and the special ones are ignored. */
import { calibrationOf, type Example, type TokenReport } from '../../domain';
import { countedLogits } from '../answered';
import { argmax, crossEntropy, softmax } from '../single-label-classification/metrics';
import type { Answered, TaskDefinition, TaskFacts } from '../task';
import { entityScores, saysEnds } from './metrics';

function tagsOf({ target }: Example): { words: string[]; labels: number[] } {
  return target.kind === 'tokens' ? target : { words: [], labels: [] };
}

const shared = (left: readonly number[], right: readonly number[]): number => left.filter((id, index) => id === right[index]).length;

interface WordAnswers {
  truth: number[][];
  /** One a word; words that were not read are O, or -1 where there is no O. */
  answers: number[][];
  /** Logits of each row's read words, one after another. */
  logits: number[][];
  /** Logits and truth of every read word. */
  read: { logits: number[]; truth: number }[];
  loss: number;
}

function answerWords({ labels }: TaskFacts, { examples, rows, logits }: Answered): WordAnswers {
  const outside = labels.indexOf('O');
  const counted = logits.map((row, index) => countedLogits(row, rows[index], labels.length));
  const read: WordAnswers['read'] = [];
  const answers = examples.map((example, index) => {
    const answer = tagsOf(example).labels.map(() => outside);
    const words = rows[index]?.firstTokens ?? [];
    words.forEach((word, place) => {
      const own = counted[index]?.slice(place * labels.length, (place + 1) * labels.length) ?? [];
      read.push({ logits: own, truth: tagsOf(example).labels[word] ?? -1 });
      answer[word] = argmax(own);
    });
    return answer;
  });
  return { truth: examples.map((example) => tagsOf(example).labels), answers, logits: counted, read, loss: crossEntropy(read.map((word) => word.logits), read.map((word) => word.truth)) };
}

/** Tag of most training words; the first of equals. */
function commonestTag(training: readonly Example[], labels: number): number {
  const counts = new Uint32Array(labels);
  for (const example of training) for (const id of tagsOf(example).labels) counts[id] = (counts[id] ?? 0) + 1;
  return argmax(counts);
}

function figures({ labels }: TaskFacts, { truth, answers }: WordAnswers) {
  const named = (ids: readonly number[]): string[] => ids.map((id) => labels[id] ?? 'O');
  const words = truth.reduce((sum, row) => sum + row.length, 0);
  const right = truth.reduce((sum, row, index) => sum + shared(row, answers[index] ?? []), 0);
  return { ...entityScores(truth.map(named), answers.map(named), saysEnds(labels)), tokenAccuracy: words > 0 ? right / words : 0 };
}

export const tokenClassification: TaskDefinition = {
  id: 'token-classification',
  problemType: null,
  head: 'token',
  pair: false,
  usesValidation: false,
  graph: (model, labels) => model.tokenClassificationGraph(labels.length),
  encode(tokenizer, example, maxLength) {
    const { words, labels } = tagsOf(example);
    const { inputIds, tokenTypeIds, firstTokens } = tokenizer.encodeWords(words, maxLength);
    const tokenLabels = new Int32Array(inputIds.length).fill(-1);
    firstTokens.forEach(({ token, word }) => (tokenLabels[token] = labels[word] ?? -1));
    return { inputIds: Int32Array.from(inputIds), tokenTypeIds: Int32Array.from(tokenTypeIds), label: -1, tokenLabels, firstTokens: firstTokens.map(({ word }) => word) };
  },
  answer: null,
  baseline: () => null,
  scores(facts, answered) {
    const words = answerWords(facts, answered);
    const { precision, recall, f1, macroF1, tokenAccuracy } = figures(facts, words);
    return { loss: words.loss, accuracy: null, macroF1, own: { f1, precision, recall, tokenAccuracy } };
  },
  report({ facts, test, training }): TokenReport {
    const words = answerWords(facts, test);
    const guess = commonestTag(training, facts.labels.length);
    const all = words.truth.flat();
    return {
      kind: 'tokens',
      task: 'token-classification',
      labels: [...facts.labels],
      rows: test.examples.length,
      ...figures(facts, words),
      loss: words.loss,
      intervals: { precision: null, recall: null, f1: null, macroF1: null, tokenAccuracy: null, loss: null },
      calibration: calibrationOf(words.read.map(({ logits }) => Math.max(...softmax(logits))), words.read.map(({ logits, truth }) => argmax(logits) === truth)),
      baseline: { label: facts.labels[guess] ?? '', tokenAccuracy: all.length > 0 ? all.filter((id) => id === guess).length / all.length : 0 },
      predictions: test.examples.map((example, index) => ({
        row: example.row,
        text: example.text,
        words: tagsOf(example).words,
        label: words.truth[index] ?? [],
        predicted: words.answers[index] ?? [],
        logits: words.logits[index] ?? [],
      })),
    };
  },
};
