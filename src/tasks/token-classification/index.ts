/** A tag for each word (BIO): the word's first token is labelled, its others and the special ones are ignored. */
import { calibrationOf, type Example, type TokenReport } from '../../domain';
import { countedLogits } from '../answered';
import { bootstrapIntervals } from '../bootstrap';
import { argmax, crossEntropy, rowLosses, softmax } from '../single-label-classification/metrics';
import type { Answered, TaskDefinition, TaskFacts } from '../task';
import { entityScores, schemeOf } from './metrics';
import { resampleSentences } from './resample';

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
  /** Every read word, row by row. */
  read: ReadWord[][];
}

interface ReadWord {
  logits: number[];
  truth: number;
}

function answerWords({ labels }: TaskFacts, { examples, rows, logits }: Answered): WordAnswers {
  const outside = labels.indexOf('O');
  const counted = logits.map((row, index) => countedLogits(row, rows[index], labels.length));
  const read = examples.map((example, index) =>
    (rows[index]?.firstTokens ?? []).map((word, place) => ({
      word,
      truth: tagsOf(example).labels[word] ?? -1,
      logits: counted[index]?.slice(place * labels.length, (place + 1) * labels.length) ?? [],
    })),
  );
  const answers = examples.map((example, index) => {
    const answer = tagsOf(example).labels.map(() => outside);
    for (const { word, logits: own } of read[index] ?? []) answer[word] = argmax(own);
    return answer;
  });
  return { truth: examples.map((example) => tagsOf(example).labels), answers, logits: counted, read };
}

const lossesOf = (words: readonly ReadWord[]): Float64Array => rowLosses(words.map(({ logits }) => logits), words.map(({ truth }) => truth));

function lossOf({ read }: WordAnswers): number {
  const words = read.flat();
  return crossEntropy(words.map(({ logits }) => logits), words.map(({ truth }) => truth));
}

/** Tag of most training words; the first of equals. */
function commonestTag(training: readonly Example[], labels: number): number {
  const counts = new Uint32Array(labels);
  for (const example of training) for (const id of tagsOf(example).labels) counts[id] = (counts[id] ?? 0) + 1;
  return argmax(counts);
}

const naming = (labels: readonly string[]) => (ids: readonly number[]): string[] => ids.map((id) => labels[id] ?? 'O');

function intervalsOf({ labels }: TaskFacts, { truth, answers, read }: WordAnswers): TokenReport['intervals'] {
  const named = naming(labels);
  const sentences = truth.map((tags, row) => ({ truth: named(tags), answers: named(answers[row] ?? []), losses: [...lossesOf(read[row] ?? [])] }));
  return bootstrapIntervals(resampleSentences(sentences, schemeOf(truth.map(named))));
}

function calibrationOfTags({ read }: WordAnswers): TokenReport['calibration'] {
  const words = read.flat();
  return calibrationOf(words.map(({ logits }) => Math.max(...softmax(logits))), words.map(({ logits, truth }) => argmax(logits) === truth));
}

function figures({ labels }: TaskFacts, { truth, answers }: WordAnswers) {
  const named = naming(labels);
  const words = truth.reduce((sum, row) => sum + row.length, 0);
  const right = truth.reduce((sum, row, index) => sum + shared(row, answers[index] ?? []), 0);
  const tags = truth.map(named);
  return { ...entityScores(tags, answers.map(named), schemeOf(tags)), tokenAccuracy: words > 0 ? right / words : 0 };
}

export const tokenClassification: TaskDefinition = {
  id: 'token-classification',
  problemType: null,
  head: 'token',
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
    return { loss: lossOf(words), accuracy: null, macroF1, own: { precision, recall, f1, macroF1, tokenAccuracy } };
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
      scheme: schemeOf(words.truth.map(naming(facts.labels))),
      ...figures(facts, words),
      loss: lossOf(words),
      intervals: intervalsOf(facts, words),
      calibration: calibrationOfTags(words),
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
