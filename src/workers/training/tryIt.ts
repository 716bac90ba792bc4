/** Answers of the tuned model for a text someone types, beside those of the base model with its untrained head. */
import type { Backend } from '../../engine';
import { readTensors } from '../../models';
import { softmax, tasks } from '../../tasks';
import { Predictor, type BaseModel } from '../../training';
import type { TryAnswer } from '../protocol';
import type { FinishedRun } from './exportRun';

export class TryIt {
  private readonly tuned: Predictor;
  private readonly untuned: Predictor;

  constructor(
    backend: Backend,
    private readonly base: BaseModel,
    private readonly run: FinishedRun,
  ) {
    const { labels, recipe } = run.started;
    const common = { backend, base, task: tasks[recipe.task], labels, seed: recipe.training.seed };
    this.tuned = new Predictor({ ...common, tensors: readTensors(run.weights, 'model.safetensors') });
    this.untuned = new Predictor({ ...common, tensors: base.tensors });
  }

  async answer(text: string): Promise<TryAnswer> {
    const { labels, recipe } = this.run.started;
    const { inputIds, tokenTypeIds, uncutLength } = this.base.tokenizer.encode(text, null, recipe.training.maxLength);
    const rows = [{ inputIds: Int32Array.from(inputIds), tokenTypeIds: Int32Array.from(tokenTypeIds), label: -1 }];
    const scores = async (predictor: Predictor) => softmax((await predictor.predict(rows, 1, async () => {}))[0] ?? []);
    return { labels, tuned: await scores(this.tuned), base: await scores(this.untuned), tokens: inputIds.length, cutTokens: uncutLength - inputIds.length };
  }

  dispose(): void {
    this.tuned.dispose();
    this.untuned.dispose();
  }
}
