/** Every architecture, one line each. */
import { AnnealError } from '../domain';
import type { Architecture, DescribedModel } from './architecture';
import { bert } from './bert';
import { distilbert } from './distilbert';

export const architectures: readonly Architecture[] = [bert, distilbert];

/** @throws AnnealError `model.unsupported`, `model.bad-config` */
export function recognizeModel(json: unknown, file: string): { architecture: Architecture; model: DescribedModel } {
  const modelType = typeof json === 'object' && json !== null && 'model_type' in json ? String(json.model_type) : '';
  const architecture = architectures.find((candidate) => candidate.modelType === modelType);
  if (!architecture) {
    throw new AnnealError('model.unsupported', { file, modelType, supported: architectures.map((candidate) => candidate.modelType) });
  }
  return { architecture, model: architecture.describe(json, file) };
}
