/**
 * DistilBERT (Sanh et al., 2019) as `DistilBertForSequenceClassification` of transformers 4.44: no token types, no
 * pooler; the head is `pre_classifier`, ReLU, dropout, `classifier`.
 */
import * as v from 'valibot';
import { GraphBuilder, type Activation, type Graph, type LossKind } from '../../engine';
import type { Architecture, ModelConfig } from '../architecture';
import * as fields from '../config';
import { describeDense, describeLayerNorm, describeTable } from '../describe';

/** Fixed in transformers' DistilBERT, not a field of its configuration. */
const LAYER_NORM_EPSILON = 1e-12;

const schema = v.object({
  vocab_size: fields.vocabularySize,
  dim: fields.size,
  n_layers: fields.size,
  n_heads: fields.size,
  hidden_dim: fields.size,
  max_position_embeddings: fields.size,
  activation: v.optional(fields.activation, 'gelu'),
  dropout: v.optional(fields.probability, 0.1),
  attention_dropout: v.optional(fields.probability, 0.1),
  seq_classif_dropout: v.optional(fields.probability, 0.2),
  initializer_range: v.optional(fields.probability, 0.02),
});

export interface DistilbertConfig extends ModelConfig {
  modelType: 'distilbert';
  activation: Activation;
  hiddenDropout: number;
  attentionDropout: number;
  classifierDropout: number;
  initializerRange: number;
}

function parseConfig(json: unknown, file: string): DistilbertConfig {
  const config = fields.parseFields(schema, json, file);
  fields.checkHeads(config.dim, config.n_heads, file, 'n_heads');
  return {
    modelType: 'distilbert',
    vocabularySize: config.vocab_size,
    hiddenSize: config.dim,
    layers: config.n_layers,
    heads: config.n_heads,
    intermediateSize: config.hidden_dim,
    maximumPositions: config.max_position_embeddings,
    activation: config.activation,
    hiddenDropout: config.dropout,
    attentionDropout: config.attention_dropout,
    classifierDropout: config.seq_classif_dropout,
    initializerRange: config.initializer_range,
  };
}

function describeEmbedding(builder: GraphBuilder, config: DistilbertConfig): number {
  const prefix = 'distilbert.embeddings';
  return builder.add({
    op: 'embedding',
    wordTable: describeTable(builder, `${prefix}.word_embeddings.weight`, config.vocabularySize, config.hiddenSize),
    positionTable: describeTable(builder, `${prefix}.position_embeddings.weight`, config.maximumPositions, config.hiddenSize),
    tokenTypeTable: null,
    layerNorm: describeLayerNorm(builder, `${prefix}.LayerNorm`, config.hiddenSize, LAYER_NORM_EPSILON),
    dropout: config.hiddenDropout,
  });
}

function describeLayer(builder: GraphBuilder, config: DistilbertConfig, layer: number, input: number): number {
  const { hiddenSize, intermediateSize, hiddenDropout } = config;
  const prefix = `distilbert.transformer.layer.${layer}`;
  const dense = (name: string, from: number, inner: number, outer: number, activation: Activation = 'none') =>
    builder.add({ op: 'linear', input: from, ...describeDense(builder, `${prefix}.${name}`, inner, outer), activation });

  const query = dense('attention.q_lin', input, hiddenSize, hiddenSize);
  const key = dense('attention.k_lin', input, hiddenSize, hiddenSize);
  const value = dense('attention.v_lin', input, hiddenSize, hiddenSize);
  const context = builder.add({ op: 'attention', query, key, value, heads: config.heads, dropout: config.attentionDropout });
  const projected = dense('attention.out_lin', context, hiddenSize, hiddenSize);
  // Unlike BERT, nothing is dropped between the attention's output and its LayerNorm.
  const attended = builder.add({
    op: 'residualLayerNorm',
    input: projected,
    residual: input,
    layerNorm: describeLayerNorm(builder, `${prefix}.sa_layer_norm`, hiddenSize, LAYER_NORM_EPSILON),
    dropout: 0,
  });
  const intermediate = dense('ffn.lin1', attended, hiddenSize, intermediateSize, config.activation);
  const output = dense('ffn.lin2', intermediate, intermediateSize, hiddenSize);
  return builder.add({
    op: 'residualLayerNorm',
    input: output,
    residual: attended,
    layerNorm: describeLayerNorm(builder, `${prefix}.output_layer_norm`, hiddenSize, LAYER_NORM_EPSILON),
    dropout: hiddenDropout,
  });
}

function describeEncoder(builder: GraphBuilder, config: DistilbertConfig): number {
  let hidden = describeEmbedding(builder, config);
  for (let layer = 0; layer < config.layers; layer++) hidden = describeLayer(builder, config, layer, hidden);
  return hidden;
}

/** No pooler: dropout and `classifier` on every token. */
function tokenClassificationGraph(config: DistilbertConfig, numberOfLabels: number): Graph {
  const builder = new GraphBuilder();
  const dropped = builder.add({ op: 'dropout', input: describeEncoder(builder, config), probability: config.hiddenDropout });
  const classifier = describeDense(builder, 'classifier', config.hiddenSize, numberOfLabels, 'head', config.initializerRange);
  return builder.build(builder.add({ op: 'linear', input: dropped, ...classifier, activation: 'none' }), 'softmaxCrossEntropy');
}

function sequenceClassificationGraph(config: DistilbertConfig, numberOfLabels: number, loss: LossKind = 'softmaxCrossEntropy'): Graph {
  const { hiddenSize, initializerRange } = config;
  const builder = new GraphBuilder();
  const hidden = describeEncoder(builder, config);
  const first = builder.add({ op: 'firstToken', input: hidden });
  const preClassifier = describeDense(builder, 'pre_classifier', hiddenSize, hiddenSize, 'head', initializerRange);
  const activated = builder.add({ op: 'linear', input: first, ...preClassifier, activation: 'relu' });
  const dropped = builder.add({ op: 'dropout', input: activated, probability: config.classifierDropout });
  const classifier = describeDense(builder, 'classifier', hiddenSize, numberOfLabels, 'head', initializerRange);
  const logits = builder.add({ op: 'linear', input: dropped, ...classifier, activation: 'none' });
  return builder.build(logits, loss);
}

export const distilbert: Architecture = {
  modelType: 'distilbert',
  baseModelPrefix: 'distilbert.',
  headClasses: { sequence: 'DistilBertForSequenceClassification', token: 'DistilBertForTokenClassification' },
  describe(json, file) {
    const config = parseConfig(json, file);
    return {
      config,
      sequenceClassificationGraph: (numberOfLabels, loss) => sequenceClassificationGraph(config, numberOfLabels, loss),
      tokenClassificationGraph: (numberOfLabels) => tokenClassificationGraph(config, numberOfLabels),
    };
  },
};
