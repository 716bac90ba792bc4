/** A Hugging Face model folder: what `transformers` loads with `from_pretrained`, and what the Hub shows. */
import { AnnealError } from '../../domain';
import { readJsonObject } from '../check';
import type { ExportContext, Exporter, ExportEntry } from '../exporter';
import { modelConfig, tokenizerConfig } from './config';
import { modelCard } from './model-card';

/** Copied as they came with the base model, where it has them. The licence must go with what is made from it. */
const COPIED = ['special_tokens_map.json', 'vocab.txt', 'LICENSE'];

export const huggingFaceExporter: Exporter = { id: 'huggingface', files };

async function* files(context: ExportContext): AsyncGenerator<ExportEntry, void, undefined> {
  const { baseFiles, recipe, weights } = context;
  const tokenizer = baseFiles.get('tokenizer.json');
  if (tokenizer === undefined) throw new AnnealError('model.missing-file', { file: 'tokenizer.json' });
  const tokenizerJson = readJsonObject(baseFiles, 'tokenizer.json');
  const baseTokenizerConfig = baseFiles.has('tokenizer_config.json') ? readJsonObject(baseFiles, 'tokenizer_config.json') : null;
  const ownTokenizerConfig = tokenizerConfig(baseTokenizerConfig, tokenizerJson, context.modelType, recipe.training);

  yield { name: 'README.md', content: new TextEncoder().encode(modelCard(context)) };
  yield json('config.json', modelConfig(context.baseConfig, context.modelType, context.labels, context.report));
  yield { name: 'tokenizer.json', content: tokenizer };
  yield json('tokenizer_config.json', ownTokenizerConfig);
  for (const name of COPIED) {
    const content = baseFiles.get(name);
    if (content !== undefined) yield { name, content };
  }
  yield json('anneal-recipe.json', recipe);
  yield { name: 'model.safetensors', content: weights };
}

function json(name: string, value: unknown): ExportEntry {
  return { name, content: new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`) };
}
