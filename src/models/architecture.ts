/** The seam for architectures: what a folder under `models/` must answer. */
import type { Graph } from '../engine';

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
  /** Encoder and Hugging Face's sequence-classification head, mean cross-entropy over `numberOfLabels`. */
  sequenceClassificationGraph(numberOfLabels: number): Graph;
}

export interface Architecture {
  /** `model_type` in `config.json`. */
  modelType: string;
  /** Prefix of encoder parameters in a model with a head; a bare encoder's file lacks it. */
  baseModelPrefix: string;
  /** Name of the class with a classification head, as `architectures` in `config.json` gives it. */
  sequenceClassificationClass: string;
  /** @throws AnnealError `model.bad-config` naming the field */
  describe(json: unknown, file: string): DescribedModel;
}
