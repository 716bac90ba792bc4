import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AnnealError } from '../domain';
import { openBaseModel } from './baseModel';

const folder = 'public/models/all-MiniLM-L6-v2';
const bytesOf = (content: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content));
const tokenizerJson = JSON.parse(readFileSync(`${folder}/tokenizer.json`, 'utf8')) as Record<string, unknown>;

/** A model of good small files and weights that are none. */
function opened(change: Record<string, unknown> = {}, weights: Uint8Array<ArrayBuffer> = new Uint8Array(4)) {
  const files = new Map(['config.json', 'tokenizer.json', 'tokenizer_config.json'].map((name) => [name, new Uint8Array(readFileSync(`${folder}/${name}`))]));
  for (const [name, content] of Object.entries(change)) {
    if (content === undefined) files.delete(name);
    else files.set(name, bytesOf(content));
  }
  return openBaseModel({ id: 'any', weights, files });
}

function refused(change: Record<string, unknown>): unknown {
  try {
    opened(change);
  } catch (thrown) {
    if (thrown instanceof AnnealError) return thrown.toData();
    throw thrown;
  }
  throw new Error('The model was opened.');
}

/** The tokenizer without one of its parts. */
const without = (part: string) => Object.fromEntries(Object.entries(tokenizerJson).filter(([name]) => name !== part));

describe('openBaseModel judges the small files before the weights', () => {
  it('and the weights last', () => {
    expect(refused({})).toMatchObject({ code: 'model.bad-file', facts: { file: 'model.safetensors' } });
    expect(refused({ 'tokenizer_config.json': undefined })).toMatchObject({ code: 'model.bad-file' });
  });

  it.each(['config.json', 'tokenizer.json'])('without %s', (name) => {
    expect(refused({ [name]: undefined })).toEqual({ code: 'model.missing-file', facts: { file: name } });
  });

  it.each(['config.json', 'tokenizer.json', 'tokenizer_config.json'])('where %s is not JSON', (name) => {
    expect(refused({ [name]: '{"model_type": ' })).toEqual({ code: 'model.bad-config', facts: { file: name, field: '', value: 'not JSON' } });
  });

  it('where the configuration is of another model', () => {
    expect(refused({ 'config.json': { model_type: 'llama' } })).toMatchObject({ code: 'model.unsupported', facts: { modelType: 'llama' } });
  });

  it.each(['model', 'decoder', 'pre_tokenizer', 'normalizer', 'post_processor', 'added_tokens'])('where the tokenizer lacks its %s', (part) => {
    expect(refused({ 'tokenizer.json': without(part) })).toMatchObject({ code: 'model.bad-config', facts: { file: 'tokenizer.json' } });
  });

  it('where the tokenizer is of an unknown kind or lacks the special tokens', () => {
    expect(refused({ 'tokenizer.json': { ...tokenizerJson, model: { type: 'Nothing' } } })).toMatchObject({ code: 'model.bad-config', facts: { file: 'tokenizer.json' } });
    const model = { type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100, vocab: { '[UNK]': 0 } };
    expect(refused({ 'tokenizer.json': { ...tokenizerJson, added_tokens: [], model } })).toMatchObject({ code: 'model.bad-config', facts: { field: '[CLS]', value: 'missing' } });
  });
});
