/** The seam for architectures: what a folder under `models/` must answer. */
import type { Graph, LossKind } from '../engine';

/** What every encoder has, whatever its `config.json` calls it. */
export interface ModelConfig {
  modelType: string;
  vocabularySize: number;
  hiddenSize: number;
  layers: number;
  heads: number;
  intermediateSize: number;
  maximumPositions: number;
}

/** One architecture with one `config.json`. */
export interface DescribedModel {
  config: ModelConfig;
  /** Encoder and Hugging Face's sequence-classification head: [B, numberOfLabels]. Mean cross-entropy where no loss is given. */
  sequenceClassificationGraph(numberOfLabels: number, loss?: LossKind): Graph;
  /** Encoder and Hugging Face's token-classification head, mean cross-entropy over the labelled tokens: [B, S, numberOfLabels]. */
  tokenClassificationGraph(numberOfLabels: number): Graph;
}

export interface Architecture {
  /** `model_type` in `config.json`. */
  modelType: string;
  /** Prefix of encoder parameters in a model with a head; a bare encoder's file lacks it. */
  baseModelPrefix: string;
  /** Names of the classes with a head, as `architectures` in `config.json` gives them. */
  headClasses: { sequence: string; token: string };
  /** @throws AnnealError `model.bad-config` naming the field */
  describe(json: unknown, file: string): DescribedModel;
}
