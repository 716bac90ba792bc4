import { describe, expect, it } from 'vitest';
import { AnnealError } from '../../domain';
import { writeSafetensors } from '../safetensors';
import { loadModelFromFiles } from './model-folder';

const weights = writeSafetensors([['a', { shape: [2], data: Float32Array.of(1, 2) }]]);

function file(path: string, content: string | Uint8Array<ArrayBuffer>): File {
  const made = new File([content], path.split('/').at(-1) ?? path);
  Object.defineProperty(made, 'webkitRelativePath', { value: path.includes('/') ? path : '' });
  return made;
}

const folder = [
  file('my-bert/1_Pooling/config.json', 'wrong'),
  file('my-bert/config.json', '{"a":1}'),
  file('my-bert/onnx/config.json', 'wrong'),
  file('my-bert/model.safetensors', weights),
  file('my-bert/tokenizer.json', '{}'),
  file('my-bert/vocab.txt', '[PAD]'),
  file('my-bert/pytorch_model.bin', 'not read'),
];

describe('a model folder from disk', () => {
  it('is read into the shape of a packaged model, the top folder first', async () => {
    const model = await loadModelFromFiles(folder);
    expect(model.id).toBe('my-bert');
    expect(model.weights).toEqual(weights);
    expect([...model.files.keys()]).toEqual(['config.json', 'tokenizer.json', 'vocab.txt']);
    expect(new TextDecoder().decode(model.files.get('config.json'))).toBe('{"a":1}');
  });

  it.each(['config.json', 'model.safetensors', 'tokenizer.json'])('says that %s is missing', async (name) => {
    const rest = folder.filter((each) => each.name !== name);
    await expect(loadModelFromFiles(rest)).rejects.toMatchObject({ code: 'model.missing-file', facts: { file: name } });
  });

  it('has a name also when its files were chosen one by one', async () => {
    expect((await loadModelFromFiles([file('config.json', '{}'), file('model.safetensors', weights), file('tokenizer.json', '{}')])).id).toBe('model');
  });

  it('fault 22: refuses bad weights by their header, without reading the rest', async () => {
    const pointer = file('my-bert/model.safetensors', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n');
    const others = folder.filter((each) => each.name !== 'model.safetensors');
    await expect(loadModelFromFiles([...others, pointer])).rejects.toMatchObject({ code: 'model.bad-file', facts: { rule: 'lfs-pointer' } });
    const huge = file('my-bert/model.safetensors', new Uint8Array(8).fill(255));
    huge.arrayBuffer = () => { throw new Error('the whole file was read'); };
    await expect(loadModelFromFiles([...others, huge])).rejects.toMatchObject({ facts: { rule: 'header-too-large' } });
  });

  it('says which file cannot be read', async () => {
    const gone = file('my-bert/config.json', '{}');
    gone.slice = () => { throw new DOMException('The file changed', 'NotReadableError'); };
    const others = folder.filter((each) => each.name !== 'config.json');
    const error = await loadModelFromFiles([...others, gone]).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AnnealError);
    expect(error).toMatchObject({ code: 'data.unreadable-file', facts: { file: 'config.json', reason: 'The file changed' } });
  });
});
