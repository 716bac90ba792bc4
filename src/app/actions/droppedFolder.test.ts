import { describe, expect, it } from 'vitest';
import { chosenFolder, filesInFolders } from './droppedFolder';

type Tree = { [name: string]: string | Tree };

/** Entries as a browser gives them: two at a time, in no order of their own. */
function folderEntry(name: string, tree: Tree): FileSystemDirectoryEntry {
  const children = Object.entries(tree).map(([child, content]) =>
    typeof content === 'string'
      ? { name: child, isFile: true, isDirectory: false, file: (done: (file: File) => void) => done(new File([content], child)) }
      : folderEntry(child, content),
  );
  const createReader = () => {
    let at = 0;
    return {
      readEntries: (done: (some: unknown[]) => void) => {
        done(children.slice(at, at + 2));
        at += 2;
      },
    };
  };
  return { name, isFile: false, isDirectory: true, createReader } as unknown as FileSystemDirectoryEntry;
}

const { signal } = new AbortController();
const paths = (folder: { files: { path: string }[] }) => folder.files.map(({ path }) => path);

describe('dropped folders', () => {
  it('gives every file below a lone folder, in order of their paths', async () => {
    const folder = await filesInFolders([folderEntry('reviews', { pos: { '2': 'b', '1': 'aa', '3': '' }, neg: { deep: { '1': 'ä' } }, '.git': { x: 'x' } })], signal);
    expect(folder).toMatchObject({ name: 'reviews', size: 5 });
    expect(paths(folder)).toEqual(['neg/deep/1', 'pos/1', 'pos/2', 'pos/3']);
  });

  it('keeps the names of several, as they are the labels', async () => {
    const folder = await filesInFolders([folderEntry('pos', { '1': 'a' }), folderEntry('neg', { '1': 'b' })], signal);
    expect(folder.name).toBe('pos, neg');
    expect(paths(folder)).toEqual(['neg/1', 'pos/1']);
  });

  it('stops when asked, and names a folder that cannot be read', async () => {
    await expect(filesInFolders([folderEntry('a', { '1': 'x' })], AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    const locked = { name: 'locked', createReader: () => ({ readEntries: (_: unknown, fail: (error: Error) => void) => fail(new Error('no')) }) };
    const refused = filesInFolders([locked as unknown as FileSystemDirectoryEntry], signal);
    await expect(refused).rejects.toMatchObject({ code: 'data.unreadable-file', facts: { file: 'locked', reason: 'no' } });
  });
});

describe('a chosen folder', () => {
  const chosen = (path: string, text: string) => Object.defineProperty(new File([text], path), 'webkitRelativePath', { value: path });

  it('gives the same as a dropped one', () => {
    const folder = chosenFolder([chosen('reviews/pos/2', 'b'), chosen('reviews/.git/x', 'x'), chosen('reviews/neg/1', 'aa')]);
    expect(folder).toMatchObject({ name: 'reviews', size: 3 });
    expect(paths(folder)).toEqual(['neg/1', 'pos/2']);
  });
});
