/**
 * BERT (Devlin et al., 2018) as `BertForSequenceClassification` of transformers 4.44: post-LayerNorm encoder, pooler
 * (first token, dense, tanh), dropout, `classifier`.
 */
import * as v from 'valibot';
import { GraphBuilder, type Activation, type Graph, type LossKind } from '../../engine';
import type { Architecture, ModelConfig } from '../architecture';
import * as fields from '../config';
import { describeDense, describeLayerNorm, describeTable } from '../describe';

const schema = v.object({
  vocab_size: fields.vocabularySize,
  hidden_size: fields.size,
  num_hidden_layers: fields.size,
  num_attention_heads: fields.size,
  intermediate_size: fields.size,
  max_position_embeddings: fields.size,
  type_vocab_size: v.optional(fields.size, 2),
  hidden_act: v.optional(fields.activation, 'gelu'),
  hidden_dropout_prob: v.optional(fields.probability, 0.1),
  attention_probs_dropout_prob: v.optional(fields.probability, 0.1),
  classifier_dropout: v.nullish(fields.probability),
  layer_norm_eps: v.optional(fields.epsilon, 1e-12),
  initializer_range: v.optional(fields.probability, 0.02),
  position_embedding_type: v.optional(v.literal('absolute'), 'absolute'),
});

export interface BertConfig extends ModelConfig {
  modelType: 'bert';
  tokenTypes: number;
  activation: Activation;
  hiddenDropout: number;
  attentionDropout: number;
  classifierDropout: number;
  layerNormEpsilon: number;
  initializerRange: number;
}

function parseConfig(json: unknown, file: string): BertConfig {
  const config = fields.parseFields(schema, json, file);
  fields.checkHeads(config.hidden_size, config.num_attention_heads, file, 'num_attention_heads');
  return {
    modelType: 'bert',
    vocabularySize: config.vocab_size,
    hiddenSize: config.hidden_size,
    layers: config.num_hidden_layers,
    heads: config.num_attention_heads,
    intermediateSize: config.intermediate_size,
    maximumPositions: config.max_position_embeddings,
    tokenTypes: config.type_vocab_size,
    activation: config.hidden_act,
    hiddenDropout: config.hidden_dropout_prob,
    attentionDropout: config.attention_probs_dropout_prob,
    classifierDropout: config.classifier_dropout ?? config.hidden_dropout_prob,
    layerNormEpsilon: config.layer_norm_eps,
    initializerRange: config.initializer_range,
  };
}

function describeEmbedding(builder: GraphBuilder, config: BertConfig): number {
  const prefix = 'bert.embeddings';
  return builder.add({
    op: 'embedding',
    wordTable: describeTable(builder, `${prefix}.word_embeddings.weight`, config.vocabularySize, config.hiddenSize),
    positionTable: describeTable(builder, `${prefix}.position_embeddings.weight`, config.maximumPositions, config.hiddenSize),
    tokenTypeTable: describeTable(builder, `${prefix}.token_type_embeddings.weight`, config.tokenTypes, config.hiddenSize),
    layerNorm: describeLayerNorm(builder, `${prefix}.LayerNorm`, config.hiddenSize, config.layerNormEpsilon),
    dropout: config.hiddenDropout,
  });
}

function describeLayer(builder: GraphBuilder, config: BertConfig, layer: number, input: number): number {
  const { hiddenSize, intermediateSize, layerNormEpsilon, hiddenDropout } = config;
  const prefix = `bert.encoder.layer.${layer}`;
  const dense = (name: string, from: number, inner: number, outer: number, activation: Activation = 'none') =>
    builder.add({ op: 'linear', input: from, ...describeDense(builder, `${prefix}.${name}`, inner, outer), activation });

  const query = dense('attention.self.query', input, hiddenSize, hiddenSize);
  const key = dense('attention.self.key', input, hiddenSize, hiddenSize);
  const value = dense('attention.self.value', input, hiddenSize, hiddenSize);
  const context = builder.add({ op: 'attention', query, key, value, heads: config.heads, dropout: config.attentionDropout });
  const projected = dense('attention.output.dense', context, hiddenSize, hiddenSize);
  const attended = builder.add({
    op: 'residualLayerNorm',
    input: projected,
    residual: input,
    layerNorm: describeLayerNorm(builder, `${prefix}.attention.output.LayerNorm`, hiddenSize, layerNormEpsilon),
    dropout: hiddenDropout,
  });
  const intermediate = dense('intermediate.dense', attended, hiddenSize, intermediateSize, config.activation);
  const output = dense('output.dense', intermediate, intermediateSize, hiddenSize);
  return builder.add({
    op: 'residualLayerNorm',
    input: output,
    residual: attended,
    layerNorm: describeLayerNorm(builder, `${prefix}.output.LayerNorm`, hiddenSize, layerNormEpsilon),
    dropout: hiddenDropout,
  });
}

function describeEncoder(builder: GraphBuilder, config: BertConfig): number {
  let hidden = describeEmbedding(builder, config);
  for (let layer = 0; layer < config.layers; layer++) hidden = describeLayer(builder, config, layer, hidden);
  return hidden;
}

/** No pooler: dropout and `classifier` on every token. */
function tokenClassificationGraph(config: BertConfig, numberOfLabels: number): Graph {
  const builder = new GraphBuilder();
  const dropped = builder.add({ op: 'dropout', input: describeEncoder(builder, config), probability: config.classifierDropout });
  const classifier = describeDense(builder, 'classifier', config.hiddenSize, numberOfLabels, 'head', config.initializerRange);
  return builder.build(builder.add({ op: 'linear', input: dropped, ...classifier, activation: 'none' }), 'softmaxCrossEntropy');
}

function sequenceClassificationGraph(config: BertConfig, numberOfLabels: number, loss: LossKind = 'softmaxCrossEntropy'): Graph {
  const builder = new GraphBuilder();
  const hidden = describeEncoder(builder, config);
  const first = builder.add({ op: 'firstToken', input: hidden });
  const pooler = describeDense(builder, 'bert.pooler.dense', config.hiddenSize, config.hiddenSize, 'pooler', config.initializerRange);
  const pooled = builder.add({ op: 'linear', input: first, ...pooler, activation: 'tanh' });
  const dropped = builder.add({ op: 'dropout', input: pooled, probability: config.classifierDropout });
  const classifier = describeDense(builder, 'classifier', config.hiddenSize, numberOfLabels, 'head', config.initializerRange);
  const logits = builder.add({ op: 'linear', input: dropped, ...classifier, activation: 'none' });
  return builder.build(logits, loss);
}

export const bert: Architecture = {
  modelType: 'bert',
  baseModelPrefix: 'bert.',
  headClasses: { sequence: 'BertForSequenceClassification', token: 'BertForTokenClassification' },
  describe(json, file) {
    const config = parseConfig(json, file);
    return {
      config,
      sequenceClassificationGraph: (numberOfLabels, loss) => sequenceClassificationGraph(config, numberOfLabels, loss),
      tokenClassificationGraph: (numberOfLabels) => tokenClassificationGraph(config, numberOfLabels),
    };
  },
};
