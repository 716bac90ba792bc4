import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AnnealError } from '../domain';
import { baseModels, baseModelUrl, defaultBaseModel, findBaseModel } from './baseModels';
import { matchParameters } from './parameters';
import { recognizeModel } from './registry';
import { readTensors } from './safetensors';

describe.each(baseModels)('$id, in the box', ({ id, layers, parameters }) => {
  const folder = `public/models/${id}`;
  const json = (name: string) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as { id: string; weights: { slices: { file: string }[] } };
  const { architecture, model } = recognizeModel(json('config.json'), 'config.json');
  const manifest = json('manifest.json');
  const tensors = readTensors(new Uint8Array(Buffer.concat(manifest.weights.slices.map(({ file }) => readFileSync(`${folder}/${file}`)))), 'model.safetensors');

  it('is what the list says', () => {
    expect(manifest.id).toBe(id);
    expect(model.config.layers).toBe(layers);
    expect([...tensors.values()].reduce((sum, { data }) => sum + data.length, 0)).toBe(parameters);
  });

  it('starts a classifier with nothing made up but the head and a pooler it lacks', () => {
    const { initialized } = matchParameters(architecture, model.sequenceClassificationGraph(3), tensors, 1);
    expect(initialized.filter((name) => !/^(classifier|bert\.pooler\.dense)\./.test(name))).toEqual([]);
    expect(matchParameters(architecture, model.tokenClassificationGraph(3), tensors, 1).initialized).toEqual(['classifier.weight', 'classifier.bias']);
  });
});

describe('the list of base models', () => {
  it('gives folders of its own models only', () => {
    expect(baseModelUrl('/anneal/', defaultBaseModel)).toBe('/anneal/models/all-MiniLM-L6-v2/');
    expect(findBaseModel('my-bert')).toBeUndefined();
    for (const id of ['', '..', '../secret', 'my-bert', 'constructor']) expect(() => baseModelUrl('/', id)).toThrow(AnnealError);
  });
});
