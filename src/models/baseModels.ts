/** Every base model in the box, one entry each; its files lie in `public/models/<id>`. The first is the default. */
import { AnnealError } from '../domain';

export interface PackagedBaseModel {
  /** As `recipe.baseModel` names it; also the folder, and `id` of its manifest. */
  id: string;
  /** Where its authors publish it on the Hub. */
  repository: string;
  /** SPDX identifier in lower case, as a model card's front matter has it. */
  license: string;
  /** ISO 639-1 codes of the languages its vocabulary was made for. */
  languages: readonly string[];
  layers: number;
  /** Numbers in its weights, heads and what a classifier starts anew left out. */
  parameters: number;
}

export const baseModels = [
  {
    id: 'all-MiniLM-L6-v2',
    repository: 'sentence-transformers/all-MiniLM-L6-v2',
    license: 'apache-2.0',
    languages: ['en'],
    layers: 6,
    parameters: 22_713_216,
  },
  {
    id: 'bge-small-zh-v1.5',
    repository: 'BAAI/bge-small-zh-v1.5',
    license: 'mit',
    languages: ['zh'],
    layers: 4,
    parameters: 23_691_264,
  },
] as const satisfies readonly PackagedBaseModel[];

export const defaultBaseModel: string = baseModels[0].id;

/** Undefined for a model that did not come with the page, such as a folder from disk. */
export function findBaseModel(id: string): PackagedBaseModel | undefined {
  return baseModels.find((model) => model.id === id);
}

/**
 * @param root address that `models/` lies under, with a slash at its end
 * @returns the model's folder, with a slash at its end
 * @throws AnnealError `recipe.invalid` for a name that is none of them: it must not lead elsewhere
 */
export function baseModelUrl(root: string, id: string): string {
  const model = findBaseModel(id);
  if (!model) throw new AnnealError('recipe.invalid', { field: 'baseModel', value: id, rule: baseModels.map(({ id: known }) => known).join(', ') });
  return `${root}models/${model.id}/`;
}
