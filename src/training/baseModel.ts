/** A base model ready to use: recognised, its tensors read, its tokenizer made. */
import { AnnealError } from '../domain';
import type { Tensor } from '../engine';
import { readTensors, recognizeModel, type Architecture, type DescribedModel, type PackagedModel } from '../models';
import { TextTokenizer } from '../text';

export interface BaseModel {
  id: string;
  architecture: Architecture;
  model: DescribedModel;
  /** As the file names them. */
  tensors: ReadonlyMap<string, Tensor>;
  tokenizer: TextTokenizer;
  configJson: Record<string, unknown>;
  /** Small files by name, for the export. */
  files: ReadonlyMap<string, Uint8Array>;
}

function parseJsonFile(files: ReadonlyMap<string, Uint8Array>, name: string): unknown {
  const bytes = files.get(name);
  if (!bytes) throw new AnnealError('model.missing-file', { file: name });
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new AnnealError('model.bad-config', { file: name, field: '', value: 'not JSON' });
  }
}

/** Small files are judged before the weights are read (fault 23). @throws AnnealError `model.*` */
export function openBaseModel({ id, weights, files }: PackagedModel): BaseModel {
  const configJson = parseJsonFile(files, 'config.json');
  const { architecture, model } = recognizeModel(configJson, 'config.json');
  const tokenizerConfig = files.has('tokenizer_config.json') ? parseJsonFile(files, 'tokenizer_config.json') : {};
  const tokenizer = new TextTokenizer(parseJsonFile(files, 'tokenizer.json'), tokenizerConfig);
  const tensors = readTensors(weights, 'model.safetensors');
  return { id, architecture, model, tensors, tokenizer, configJson: configJson as Record<string, unknown>, files };
}
