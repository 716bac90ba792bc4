import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AnnealError, type ErrorCode, type ErrorFacts } from '../domain';
import type { Tensor } from '../engine';
import { matchParameters } from './parameters';
import { recognizeModel } from './registry';
import { readTensors } from './safetensors';

function tinyModel(name: string) {
  const folder = `parity/golden/${name}`;
  const configJson = JSON.parse(readFileSync(`${folder}/config.json`, 'utf8')) as Record<string, unknown>;
  const { architecture, model } = recognizeModel(configJson, 'config.json');
  const file = readTensors(new Uint8Array(readFileSync(`${folder}/model.safetensors`)), 'model.safetensors');
  return { configJson, architecture, model, file };
}

const bert = tinyModel('tiny-bert');
const graph = bert.model.sequenceClassificationGraph(5);
const POOLER = ['bert.pooler.dense.weight', 'bert.pooler.dense.bias'];
const HEAD = ['classifier.weight', 'classifier.bias'];

/** The file as one publishes a bare encoder: no head, no prefix. */
function bareEncoder(): Map<string, Tensor> {
  return new Map([...bert.file].filter(([name]) => name.startsWith('bert.')).map(([name, tensor]) => [name.slice('bert.'.length), tensor]));
}

const match = (tensors: ReadonlyMap<string, Tensor>, labels = 5, seed = 42) =>
  matchParameters(bert.architecture, labels === 5 ? graph : bert.model.sequenceClassificationGraph(labels), tensors, seed);

function thrownBy<Code extends ErrorCode>(code: Code, work: () => unknown): ErrorFacts[Code] {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof AnnealError && thrown.code === code) return thrown.facts as ErrorFacts[Code];
    throw thrown;
  }
  throw new Error(`${code} was not thrown.`);
}

describe('matchParameters', () => {
  it('takes every tensor of a whole model, in the order of the graph', () => {
    const { parameters, initialized } = match(bert.file);
    expect(initialized).toEqual([]);
    expect([...parameters.keys()]).toEqual(graph.parameters.map(({ name }) => name));
    for (const [name, tensor] of parameters) expect(tensor).toBe(bert.file.get(name));
  });

  it('finds the tensors of a bare encoder, and names the head that it made', () => {
    const { parameters, initialized } = match(bareEncoder());
    expect(initialized).toEqual(HEAD);
    const query = 'encoder.layer.1.attention.self.query.weight';
    expect(parameters.get(`bert.${query}`)).toBe(bert.file.get(`bert.${query}`));
    const weight = parameters.get('classifier.weight');
    expect(weight?.shape).toEqual([5, 32]);
    expect(parameters.get('classifier.bias')).toEqual({ shape: [5], data: new Float32Array(5) });
    // 160 normal numbers with a standard deviation of 0.02.
    const deviation = Math.sqrt(Array.from(weight?.data ?? []).reduce((sum, value) => sum + value * value, 0) / 160);
    expect(deviation).toBeGreaterThan(0.015);
    expect(deviation).toBeLessThan(0.025);
  });

  it('makes the same head for one seed and another for another', () => {
    const head = (seed: number) => match(bareEncoder(), 5, seed).parameters.get('classifier.weight')?.data;
    expect(head(42)).toEqual(head(42));
    expect(head(43)).not.toEqual(head(42));
  });

  it('makes a pooler where there is none', () => {
    const tensors = bareEncoder();
    for (const name of POOLER) tensors.delete(name.slice('bert.'.length));
    const { parameters, initialized } = match(tensors);
    expect(initialized).toEqual([...POOLER, ...HEAD]);
    expect(parameters.get('bert.pooler.dense.bias')?.data).toEqual(new Float32Array(32));
    expect(parameters.get('bert.pooler.dense.weight')?.data.every((value) => value !== 0 && Math.abs(value) < 0.15)).toBe(true);
  });

  it('makes a new head for another number of labels', () => {
    const { parameters, initialized } = match(bert.file, 7);
    expect(initialized).toEqual(HEAD);
    expect(parameters.get('classifier.weight')?.shape).toEqual([7, 32]);
    expect(parameters.get('classifier.bias')?.shape).toEqual([7]);
  });

  it('makes both dense layers of the head of DistilBERT', () => {
    const { architecture, model, file } = tinyModel('tiny-distilbert');
    const bare = new Map([...file].filter(([name]) => name.startsWith('distilbert.')));
    const { initialized } = matchParameters(architecture, model.sequenceClassificationGraph(5), bare, 1);
    expect(initialized).toEqual(['pre_classifier.weight', 'pre_classifier.bias', ...HEAD]);
  });

  it('passes over position_ids and the heads of pretraining', () => {
    const extra: Tensor = { shape: [1], data: new Float32Array(1) };
    for (const name of ['embeddings.position_ids', 'bert.embeddings.position_ids', 'cls.predictions.bias', 'cls.seq_relationship.weight', 'vocab_transform.weight', 'qa_outputs.bias']) {
      expect(match(new Map([...bert.file, [name, extra]])).initialized, name).toEqual([]);
    }
  });
});

describe('tensors that are not those of the model are refused by name', () => {
  it('missing', () => {
    const tensors = bareEncoder();
    tensors.delete('encoder.layer.0.output.dense.bias');
    tensors.delete('embeddings.word_embeddings.weight');
    expect(thrownBy('model.tensors-differ', () => match(tensors))).toEqual({
      missing: ['bert.embeddings.word_embeddings.weight', 'bert.encoder.layer.0.output.dense.bias'],
      unexpected: [],
      misshapen: [],
    });
  });

  it('unexpected', () => {
    const tensors = new Map(bert.file).set('bert.encoder.layer.2.output.dense.bias', { shape: [1], data: new Float32Array(1) });
    expect(thrownBy('model.tensors-differ', () => match(tensors))).toEqual({ missing: [], unexpected: ['bert.encoder.layer.2.output.dense.bias'], misshapen: [] });
  });

  it('misshapen, the pooler among them', () => {
    const tensors = new Map(bert.file)
      .set('bert.embeddings.LayerNorm.bias', { shape: [31], data: new Float32Array(31) })
      .set('bert.encoder.layer.0.intermediate.dense.weight', { shape: [32, 64], data: new Float32Array(2048) })
      .set('bert.pooler.dense.bias', { shape: [1, 32], data: new Float32Array(32) });
    expect(thrownBy('model.tensors-differ', () => match(tensors))).toEqual({
      missing: [],
      unexpected: [],
      misshapen: [
        'bert.embeddings.LayerNorm.bias [31], needed [32]',
        'bert.encoder.layer.0.intermediate.dense.weight [32, 64], needed [64, 32]',
        'bert.pooler.dense.bias [1, 32], needed [32]',
      ],
    });
  });
});

describe('recognizeModel', () => {
  const changed = (change: Record<string, unknown>) => () => recognizeModel({ ...bert.configJson, ...change }, 'config.json');
  const badConfig = (change: Record<string, unknown>) => thrownBy('model.bad-config', changed(change));

  it('knows BERT and DistilBERT by their model type', () => {
    expect(bert.architecture.modelType).toBe('bert');
    expect(bert.model.config).toMatchObject({ vocabularySize: 120, hiddenSize: 32, layers: 2, heads: 4, intermediateSize: 64, maximumPositions: 64 });
    expect(tinyModel('tiny-distilbert').architecture.modelType).toBe('distilbert');
  });

  it('names an unsupported model type and the supported ones', () => {
    expect(thrownBy('model.unsupported', changed({ model_type: 'gpt2' }))).toEqual({ file: 'config.json', modelType: 'gpt2', supported: ['bert', 'distilbert'] });
    for (const json of [null, [], 'bert', {}]) {
      expect(thrownBy('model.unsupported', () => recognizeModel(json, 'config.json')).modelType).toBe('');
    }
  });

  it('refuses a hidden size that cannot be cut into heads', () => {
    expect(badConfig({ num_attention_heads: 5 })).toEqual({ file: 'config.json', field: 'num_attention_heads', value: '5 of 32' });
    const distilbert = tinyModel('tiny-distilbert').configJson;
    expect(thrownBy('model.bad-config', () => recognizeModel({ ...distilbert, n_heads: 3 }, 'config.json')).field).toBe('n_heads');
  });

  it.each([
    ['hidden_size', 1e9],
    ['hidden_size', 0],
    ['hidden_size', 1.5],
    ['hidden_size', '32'],
    ['hidden_size', undefined],
    ['vocab_size', 1e9],
    ['num_hidden_layers', -1],
    ['num_attention_heads', 0],
    ['hidden_dropout_prob', 1],
    ['layer_norm_eps', 0],
    ['hidden_act', 'swish'],
    ['position_embedding_type', 'relative_key'],
  ])('refuses %s: %s by its field', (field, value) => {
    expect(badConfig({ [field]: value })).toMatchObject({ file: 'config.json', field });
  });
});
