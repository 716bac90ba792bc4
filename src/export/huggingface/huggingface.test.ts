import { describe, expect, it } from 'vitest';
import type { ExportContext, JsonObject } from '../exporter';
import { contextOf, filesOf } from './context.fixture';
import { escapeMarkdown } from './escape';
import { huggingFaceExporter } from './index';

const exported = (change: Partial<ExportContext> = {}) => filesOf(huggingFaceExporter.files(contextOf(change)));

async function jsonOf(name: string, change: Partial<ExportContext> = {}): Promise<JsonObject> {
  return JSON.parse(new TextDecoder().decode((await exported(change)).get(name))) as JsonObject;
}

async function cardOf(change: Partial<ExportContext> = {}): Promise<string> {
  return new TextDecoder().decode((await exported(change)).get('README.md'));
}

describe('the Hugging Face folder', () => {
  it('has the files that transformers reads, the base model\'s unchanged', async () => {
    const files = await exported();
    expect([...files.keys()]).toEqual([
      'README.md', 'config.json', 'tokenizer.json', 'tokenizer_config.json', 'special_tokens_map.json', 'vocab.txt', 'LICENSE',
      'anneal-recipe.json', 'model.safetensors',
    ]);
    const context = contextOf();
    for (const name of ['tokenizer.json', 'vocab.txt', 'special_tokens_map.json', 'LICENSE']) expect(files.get(name)).toEqual(context.baseFiles.get(name));
    expect(files.get('model.safetensors')).toEqual(context.weights);
    expect(await jsonOf('anneal-recipe.json')).toEqual(context.recipe);
  });

  it('leaves out what the base model does not have, and asks for what it must have', async () => {
    const only = new Map([...contextOf().baseFiles].filter(([name]) => name === 'tokenizer.json'));
    expect([...(await exported({ baseFiles: only })).keys()]).not.toContain('vocab.txt');
    await expect(exported({ baseFiles: new Map() })).rejects.toMatchObject({ code: 'model.missing-file', facts: { file: 'tokenizer.json' } });
    await expect(exported({ baseFiles: new Map([['tokenizer.json', Uint8Array.of(1)]]) })).rejects.toMatchObject({ code: 'model.bad-config' });
  });

  it('config.json is the base model\'s with a head', async () => {
    const { baseConfig } = contextOf();
    expect(await jsonOf('config.json', { baseConfig: { ...baseConfig, num_labels: 7, id2label: { 0: 'old' } } })).toEqual({
      ...baseConfig,
      architectures: ['BertForSequenceClassification'],
      id2label: { 0: 'no', 1: 'yes' },
      label2id: { no: 0, yes: 1 },
      problem_type: 'single_label_classification',
      torch_dtype: 'float32',
      transformers_version: '4.8.2',
    });
    expect((await jsonOf('config.json', { modelType: 'distilbert' }))['architectures']).toEqual(['DistilBertForSequenceClassification']);
  });

  it('tokenizer_config.json cuts where training cut, and says of case what tokenizer.json says', async () => {
    expect(await jsonOf('tokenizer_config.json')).toMatchObject({ model_max_length: 64, tokenizer_class: 'BertTokenizer', do_lower_case: true, strip_accents: null, tokenize_chinese_chars: true });
    const cased = new TextEncoder().encode('{"normalizer":{"type":"BertNormalizer","lowercase":false,"strip_accents":false,"handle_chinese_chars":true}}');
    const baseFiles = new Map([...contextOf().baseFiles, ['tokenizer.json', cased] as const]);
    expect(await jsonOf('tokenizer_config.json', { baseFiles })).toMatchObject({ do_lower_case: false, strip_accents: false, tokenize_chinese_chars: true });
    baseFiles.delete('tokenizer_config.json');
    expect(await jsonOf('tokenizer_config.json', { baseFiles, modelType: 'distilbert' })).toMatchObject({
      do_lower_case: false, model_max_length: 64, pad_token: '[PAD]', model_input_names: ['input_ids', 'attention_mask'],
    });
  });
});

describe('the model card', () => {
  it('says what the model is worth and where that ends', async () => {
    const card = await cardOf();
    expect(card).toMatch(/^---\nlicense: apache-2\.0\nbase_model: sentence-transformers\/all-MiniLM-L6-v2\n[^]*\npipeline_tag: text-classification\n[^]*\n---\n\n# /);
    expect(card).not.toContain('language:');
    expect(card).toContain('Accuracy 93.0 % on 100 test rows that were not trained on (95 % interval 86.3 % to 96.6 %)');
    expect(card).toContain('always answering no would be right in 41.0 %');
    expect(card).toContain('| yes | 175 | 50 | – | 80.0 % | 85.0 % |');
    expect(card).toContain('intents\\.csv: 510 rows, 500 used, 10 set aside');
    expect(card).toContain('350 rows for training, 50 for validation, 100 for the test (seed 42)');
    expect(card).toContain('`model_max_length` is 64');
    expect(card).toContain('print(classify("A text to sort", truncation=True))');
    expect(card).not.toMatch(/undefined|NaN|null|\[object/);
  });

  it('is written in Chinese', async () => {
    const card = await cardOf({ language: 'zh', data: { fileName: '意图.csv', testFileName: '测试.csv' } });
    expect(card).toContain('准确率 93.0 %，在 100 行未参与训练的测试数据上测得');
    expect(card).toContain('测试数据来自单独的文件：测试\\.csv');
    expect(card).not.toMatch(/undefined|NaN|null|Accuracy|rows/);
  });

  it('claims nothing of a base model that it does not know', async () => {
    const { recipe } = contextOf();
    expect(await cardOf({ recipe: { ...recipe, baseModel: 'bge-small-zh-v1.5' }, newPooler: true })).toMatch(/^---\nlicense: mit\nbase_model: BAAI\/bge-small-zh-v1\.5\n[^]*comes without a pooler; it was started anew/);
    for (const baseModel of ['my folder\nlicense: mit', '__proto__', 'constructor']) {
      const card = await cardOf({ recipe: { ...recipe, baseModel } });
      expect(card.split('\n---\n')[0]).not.toMatch(/base_model|license/);
    }
  });

  it('lets no label, column or file name mean anything', async () => {
    const hostile = ['<script>alert(1)</script>', '| a | b |\n# Heading', '[click](https://example.org)', '![x](http://x.y/z.png)', '```', '---', '**b** _i_ `c`', 'www.example.org @someone', '\u202egnp.exe'];
    const { recipe } = contextOf();
    const plain = await cardOf({ labels: hostile.map((_, index) => `label ${index}`) });
    const card = await cardOf({
      labels: hostile,
      data: { fileName: hostile.join(''), testFileName: null },
      recipe: { ...recipe, data: { ...recipe.data, textColumn: hostile[1] ?? '', labelColumn: hostile[2] ?? '' } },
    });
    const shape = (markdown: string) => markdown.split('\n').filter((line) => /^(#|\||---|```)/.test(line)).map((line) => line.replace(/\\./g, '').replace(/[^|#`-]/g, ''));
    expect(shape(card)).toEqual(shape(plain));
    expect(card).not.toMatch(/<|\u202e/);
    expect(card).not.toMatch(/https?:\/\/|www\.|(?<!\\)\]\(|(?<!\\)@/);
  });

  it('lists at most 100 labels', async () => {
    const card = await cardOf({ labels: Array.from({ length: 130 }, (_, index) => `label ${index}`) });
    expect(card.match(/^\| label /gm)).toHaveLength(100);
    expect(card).toContain('And 30 more labels');
  });
});

describe('escaping', () => {
  it('escapes every ASCII punctuation and keeps all letters', () => {
    expect(escapeMarkdown('a_b*c')).toBe('a\\_b\\*c');
    expect(escapeMarkdown('!"#$%\'()*+,-./:;=?@[\\]^_`{|}~').replace(/\\(.)/g, '$1')).toBe('!"#$%\'()*+,-./:;=?@[\\]^_`{|}~');
    expect(escapeMarkdown('<&>')).toBe('&lt;&amp;&gt;');
    expect(escapeMarkdown('好 é 😀')).toBe('好 é 😀');
  });

  it('makes one line of it, of at most 80 letters, without half letters', () => {
    expect(escapeMarkdown(' a\r\n\tb\u0000\u2028c ')).toBe('a b c');
    expect([...escapeMarkdown('😀'.repeat(100))]).toHaveLength(80);
    expect(escapeMarkdown('\ud83d')).toBe('');
  });
});
