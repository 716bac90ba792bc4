/** Answers of the tuned model for a text someone types, beside those of the base model with its untrained head. */
import type { Report, Target } from '../../domain';
import type { Backend } from '../../engine';
import { readTensors } from '../../models';
import { argmax, countedLogits, sigmoid, softmax, tasks } from '../../tasks';
import { splitWords, type EncodedRow, type TextTokenizer, type WordRange } from '../../text';
import { Predictor, type BaseModel } from '../../training';
import type { TryAnswer, TryQuestion } from '../protocol';
import type { FinishedRun } from './exportRun';

/** A question as the model reads it. */
interface Asked {
  row: EncodedRow;
  words: WordRange[];
  /** Tokens before cutting. */
  uncutLength: number;
}

type OwnAnswer<Answer = TryAnswer> = Answer extends unknown ? Omit<Answer, 'tokens' | 'cutTokens'> : never;
type Ask = (predictor: 'tuned' | 'base') => Promise<number[]>;

interface Kind<Of extends Report> {
  /** Stands in for the truth that nobody knows; it changes no logit. */
  target: (words: string[]) => Target;
  answer: (report: Of, ask: Ask, asked: Asked) => Promise<OwnAnswer>;
}

const kinds: { [Name in Report['kind']]: Kind<Extract<Report, { kind: Name }>> } = {
  class: {
    target: () => ({ kind: 'class', label: -1 }),
    answer: async ({ labels }, ask) => ({ kind: 'class', labels, tuned: softmax(await ask('tuned')), base: softmax(await ask('base')) }),
  },
  labels: {
    target: () => ({ kind: 'labels', labels: [] }),
    answer: async ({ labels, threshold }, ask) => ({ kind: 'labels', labels, threshold, tuned: (await ask('tuned')).map(sigmoid), base: (await ask('base')).map(sigmoid) }),
  },
  number: {
    target: () => ({ kind: 'number', value: 0 }),
    async answer({ scaler: { mean, standardDeviation } }, ask) {
      const valueOf = ([logit = NaN]: number[]) => logit * standardDeviation + mean;
      return { kind: 'number', tuned: valueOf(await ask('tuned')), base: valueOf(await ask('base')) };
    },
  },
  tokens: {
    target: (words) => ({ kind: 'tokens', words, labels: words.map(() => 0) }),
    async answer({ labels }, ask, { row, words }) {
      const logits = await ask('tuned');
      const tuned = words.map(() => -1);
      row.firstTokens?.forEach((word, place) => {
        tuned[word] = argmax(logits.slice(place * labels.length, (place + 1) * labels.length));
      });
      return { kind: 'tokens', labels, words, tuned };
    },
  },
};

export class TryIt {
  private readonly predictors: Record<'tuned' | 'base', Predictor>;

  constructor(
    backend: Backend,
    private readonly base: BaseModel,
    private readonly run: FinishedRun,
  ) {
    const { labels, recipe } = run.started;
    const common = { backend, base, task: tasks[recipe.task], labels, seed: recipe.training.seed };
    this.predictors = {
      tuned: new Predictor({ ...common, tensors: readTensors(run.weights, 'model.safetensors') }),
      base: new Predictor({ ...common, tensors: base.tensors }),
    };
  }

  async answer(question: TryQuestion): Promise<TryAnswer> {
    const { report } = this.run.finished;
    // The map ties each kind to its report; a union of kinds cannot be looked up without saying so.
    const kind = kinds[report.kind] as unknown as Kind<Report>;
    const asked = this.read(question, kind);
    const ask: Ask = async (name) => {
      const [logits = []] = await this.predictors[name].predict([asked.row], 1, async () => undefined);
      return countedLogits(logits, asked.row, report.labels.length);
    };
    const own = await kind.answer(report, ask, asked);
    const tokens = asked.row.inputIds.length;
    return { ...own, tokens, cutTokens: asked.uncutLength - tokens };
  }

  private read({ text, textPair }: TryQuestion, { target }: Kind<Report>): Asked {
    const { recipe } = this.run.started;
    const { report } = this.run.finished;
    const tokenizer = this.base.tokenizer.cutting(recipe.training);
    const words = report.kind === 'tokens' ? splitWords(text) : [];
    const pieces = words.map(({ begin, end }) => text.slice(begin, end));
    const example = { text, ...(textPair !== undefined && { textPair }), target: target(pieces), row: 0 };
    const facts = { labels: report.labels, scaler: report.kind === 'number' ? report.scaler : null };
    return {
      row: tasks[recipe.task].encode(tokenizer, example, recipe.training.maxLength, facts),
      words,
      uncutLength: uncutLengthOf(tokenizer, example, pieces),
    };
  }

  dispose(): void {
    this.predictors.tuned.dispose();
    this.predictors.base.dispose();
  }
}

function uncutLengthOf(tokenizer: TextTokenizer, { text, textPair }: TryQuestion, pieces: readonly string[]): number {
  return pieces.length > 0 ? tokenizer.encodeWords(pieces, Infinity).uncutLength : tokenizer.encode(text, textPair ?? null, Infinity).uncutLength;
}
