import { describe, expect, it } from 'vitest';
import type { Recipe, RunEvent, Table } from '../domain';
import { exampleRecipe } from '../domain/recipe.fixture';
import { MemoryStorage } from './memory-storage';
import { ProjectStore } from './project-store';
import type { Chunks, ProjectStorage } from './project-storage';

function tableOf(name: string, rows = 3): Table {
  return {
    fileName: name,
    fileBytes: 99,
    dialect: { encoding: 'utf-8', hasByteOrderMark: false, delimiter: ',', quoted: true, hasHeader: true, skippedLines: 0 },
    columns: [
      { name: 'text', cells: Array.from({ length: rows }, (_, row) => `${name} ${row}`) },
      { name: 'label', cells: Array.from({ length: rows }, (_, row) => (row % 2 === 0 ? '好' : 'bad')) },
    ],
    rowNumbers: Uint32Array.from({ length: rows }, (_, row) => row + 2),
    setAside: [{ row: 40, reason: 'too-few-cells', cells: ['x'] }],
    rowsInFile: rows + 1,
    notices: [{ kind: 'encoding', encoding: 'utf-8', close: null }],
  };
}

const recipeOf = (seed: number): Recipe => ({ ...exampleRecipe, training: { ...exampleRecipe.training, seed } });

const paused = (step: number): RunEvent => ({ time: step, kind: 'paused', step });
const bytesOf = (...values: number[]) => Uint8Array.from(values);

/** With cells as plain lists. */
const plain = (table: Table | null): Table | null => table && { ...table, columns: table.columns.map(({ name, cells }) => ({ name, cells: [...cells] })) };

/** All that a person would find on opening the project. */
async function snapshot(storage: ProjectStorage) {
  const store = new ProjectStore(storage);
  const manifest = await store.loadManifest();
  return {
    recipe: manifest?.recipe ?? null,
    runId: manifest?.run?.runId ?? null,
    weightsStep: manifest?.run?.weights?.step ?? null,
    data: plain(await store.loadTable('data')),
    test: plain(await store.loadTable('test')),
    events: await store.loadEvents(),
    weights: await store.loadBestWeights(),
    report: await store.loadRunFile('report.json'),
  };
}

async function fill(storage: ProjectStorage): Promise<ProjectStore> {
  const store = new ProjectStore(storage);
  await store.saveTable('data', tableOf('a.csv'));
  await store.saveTable('test', tableOf('b.csv'));
  await store.saveRecipe(recipeOf(1));
  await store.startRun('run-1');
  await store.appendEvents([paused(1), paused(2)]);
  await store.saveBestWeights(2, [bytesOf(1, 2), bytesOf(3)]);
  await store.saveRunFile('report.json', bytesOf(7));
  return store;
}

/** A tab that dies at its k-th write: nothing, or half of it, reaches the disk, and nothing after it. */
class CrashingStorage implements ProjectStorage {
  private dead = false;
  operations = 0;

  constructor(
    private readonly inner: MemoryStorage,
    private readonly crashAt: number,
    private readonly half: boolean,
  ) {}

  createPieces = (path: string) => this.mutate(() => this.inner.createPieces(path), () => this.inner.createPieces(path));
  openPieces = (path: string) => this.living(() => this.inner.openPieces(path));
  readBytes = (path: string) => this.living(() => this.inner.readBytes(path));
  readChunks = (path: string) => this.living(() => this.inner.readChunks(path));
  list = (folder: string) => this.living(() => this.inner.list(folder));
  usage = () => this.inner.usage();

  writeBytes(path: string, content: Uint8Array | Chunks) {
    return this.mutate(() => this.inner.writeBytes(path, content), async () => {
      const spare = new MemoryStorage();
      await spare.writeBytes(path, content);
      const bytes = (await spare.readBytes(path)) ?? new Uint8Array();
      await this.inner.writeBytes(path, bytes.subarray(0, bytes.length >> 1));
    });
  }

  append(path: string, text: string) {
    return this.mutate(() => this.inner.append(path, text), () => this.inner.append(path, text.slice(0, text.length >> 1)));
  }

  remove(path: string) {
    return this.mutate(() => this.inner.remove(path), async () => undefined);
  }

  private async living<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.dead) throw new Error('the tab is gone');
    return work();
  }

  private async mutate<Value>(whole: () => Promise<Value>, half: () => Promise<unknown>): Promise<Value> {
    if (this.dead) throw new Error('the tab is gone');
    this.operations += 1;
    if (this.operations < this.crashAt) return whole();
    this.dead = true;
    if (this.half) await half();
    throw new Error('crash');
  }
}

const changes: Record<string, (store: ProjectStore) => Promise<unknown>> = {
  'a new data file': (store) => store.saveTable('data', tableOf('new.csv', 5)),
  'another test file': (store) => store.saveTable('test', tableOf('new test.csv', 5)),
  'no test file': (store) => store.removeTestTable(),
  'a recipe': (store) => store.saveRecipe(recipeOf(2)),
  'a new run': (store) => store.startRun('run-2'),
  'better weights': (store) => store.saveBestWeights(9, [bytesOf(4, 5, 6), bytesOf(7)]),
  'another report': (store) => store.saveRunFile('report.json', bytesOf(8, 9)),
  'a new project': (store) => store.newProject(),
};

describe('a project on storage', () => {
  it('gives back all that was saved', async () => {
    const storage = new MemoryStorage();
    await fill(storage);
    expect(await snapshot(storage)).toEqual({
      recipe: recipeOf(1),
      runId: 'run-1',
      weightsStep: 2,
      data: tableOf('a.csv'),
      test: tableOf('b.csv'),
      events: [paused(1), paused(2)],
      weights: bytesOf(1, 2, 3),
      report: bytesOf(7),
    });
  });

  it('is empty before anything was saved', async () => {
    const storage = new MemoryStorage();
    expect(await new ProjectStore(storage).loadManifest()).toBeNull();
    expect(await snapshot(storage)).toEqual({ recipe: null, runId: null, weightsStep: null, data: null, test: null, events: [], weights: null, report: null });
  });

  it('says what the weights are', async () => {
    const store = await fill(new MemoryStorage());
    expect(await store.saveBestWeights(3, [bytesOf(97), bytesOf(98, 99)])).toEqual({
      file: expect.stringMatching(/^weights-/),
      bytes: 3,
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    });
  });

  it('keeps no file that no manifest names', async () => {
    const storage = new MemoryStorage();
    const store = await fill(storage);
    await store.saveTable('test', tableOf('c.csv'));
    await store.saveBestWeights(4, [bytesOf(1)]);
    await store.saveRunFile('report.json', bytesOf(9));
    const [project] = await storage.list('projects');
    const kinds = (await storage.list(`projects/${project?.name}`)).map(({ name }) => name.split('-')[0]).sort();
    expect(kinds).toEqual(['cells', 'cells', 'data', 'events', 'file', 'run.0.json', 'run.1.json', 'test', 'weights']);
  });

  it('a new data file takes everything of the old project with it', async () => {
    const storage = new MemoryStorage();
    const store = await fill(storage);
    await store.saveTable('data', tableOf('new.csv'));
    expect(await snapshot(storage)).toMatchObject({ recipe: null, runId: null, test: null, events: [], weights: null });
    expect(await storage.list('projects')).toHaveLength(1);
  });

  it('takes the writes of two workers at the same time', async () => {
    const storage = new MemoryStorage();
    const projectWorker = await fill(storage);
    const trainingWorker = new ProjectStore(storage);
    await Promise.all([
      ...[1, 2, 3, 4, 5].map((seed) => projectWorker.saveRecipe(recipeOf(seed))),
      ...[1, 2, 3, 4, 5].map((step) => trainingWorker.saveBestWeights(step, [bytesOf(step)])),
      projectWorker.saveTable('test', tableOf('c.csv')),
      trainingWorker.appendEvents([paused(3)]),
    ]);
    expect(await snapshot(storage)).toMatchObject({ recipe: recipeOf(5), weights: bytesOf(5), data: tableOf('a.csv'), test: tableOf('c.csv'), events: [paused(1), paused(2), paused(3)] });
  });

  it('keeps a run also where the storage of its worker holds no project', async () => {
    const store = new ProjectStore(new MemoryStorage());
    await store.startRun('run-1');
    await store.appendEvents([paused(1)]);
    await store.saveBestWeights(1, [bytesOf(5)]);
    expect(await store.loadEvents()).toEqual([paused(1)]);
    expect(await store.loadBestWeights()).toEqual(bytesOf(5));
  });

  it('deletes everything and says how much', async () => {
    const storage = new MemoryStorage();
    const store = await fill(storage);
    const { usedBytes } = await store.usage();
    expect(usedBytes).toBeGreaterThan(500);
    expect(await store.deleteEverything()).toBe(usedBytes);
    expect(await store.loadManifest()).toBeNull();
  });

  it('goes on after a call that failed', async () => {
    const store = new ProjectStore(new MemoryStorage());
    await expect(store.appendEvents([paused(1)])).rejects.toThrow('no run');
    await expect(store.saveRunFile('../x', bytesOf(1))).rejects.toThrow('bad name');
    await store.startRun('r');
    await expect(store.saveRunFile('__proto__', bytesOf(1))).rejects.toThrow('bad name');
    await store.saveRunFile('constructor', bytesOf(1));
    expect(await store.loadRunFile('constructor')).toEqual(bytesOf(1));
    expect(await store.loadRunFile('toString')).toBeNull();
  });
});

describe('a crash at every write leaves the old state or the new', () => {
  it.each(Object.entries(changes))('%s', async (_what, change) => {
    const finished = new MemoryStorage();
    await change(await fill(finished));
    const before = await snapshot(await filled());
    const after = await snapshot(finished);
    expect(after).not.toEqual(before);
    const seen = { before: 0, after: 0 };
    for (const half of [false, true]) {
      for (let crashAt = 1; ; crashAt += 1) {
        const memory = await filled();
        const storage = new CrashingStorage(memory, crashAt, half);
        await change(new ProjectStore(storage)).catch(() => undefined);
        const found = await snapshot(memory);
        const isBefore = JSON.stringify(found) === JSON.stringify(before);
        expect(found).toEqual(isBefore ? before : after);
        seen[isBefore ? 'before' : 'after'] += 1;
        // What the crash left behind is in nobody's way.
        await change(new ProjectStore(memory));
        expect(await snapshot(memory)).toEqual(after);
        expect((await memory.usage()).usedBytes).toBeLessThan((await finished.usage()).usedBytes + 1000);
        expect((await memory.list('projects')).length).toBeLessThanOrEqual(1);
        if (storage.operations < crashAt) break;
      }
    }
    expect(seen.before).toBeGreaterThan(0);
    expect(seen.after).toBeGreaterThan(0);
  });

  it('the very first save', async () => {
    for (let crashAt = 1; crashAt <= 2; crashAt += 1) {
      const memory = new MemoryStorage();
      await new ProjectStore(new CrashingStorage(memory, crashAt, true)).saveTable('data', tableOf('a.csv')).catch(() => undefined);
      expect((await snapshot(memory)).data).toBeNull();
      await new ProjectStore(memory).saveTable('data', tableOf('a.csv'));
      expect((await snapshot(memory)).data).toEqual(tableOf('a.csv'));
    }
  });

  it('a log torn in its last line is read without it, and goes on whole', async () => {
    const memory = await filled();
    const torn = new ProjectStore(new CrashingStorage(memory, 1, true));
    await expect(torn.appendEvents([paused(3)])).rejects.toThrow('crash');
    expect((await snapshot(memory)).events).toEqual([paused(1), paused(2)]);
    for (let crashAt = 1; crashAt <= 3; crashAt += 1) {
      await new ProjectStore(new CrashingStorage(memory, crashAt, true)).appendEvents([paused(4)]).catch(() => undefined);
      expect((await snapshot(memory)).events).toEqual([paused(1), paused(2)]);
    }
    await new ProjectStore(memory).appendEvents([paused(4)]);
    expect((await snapshot(memory)).events).toEqual([paused(1), paused(2), paused(4)]);
  });

  it('the same store goes on after an append that found no room', async () => {
    const memory = await filled();
    const store = new ProjectStore(memory);
    await store.appendEvents([paused(3)]);
    const append = memory.append.bind(memory);
    memory.append = async (path, text) => {
      await append(path, text.slice(0, 5));
      throw new Error('full');
    };
    await expect(store.appendEvents([paused(4)])).rejects.toThrow('full');
    memory.append = append;
    await store.appendEvents([paused(5)]);
    expect(await store.loadEvents()).toEqual([paused(1), paused(2), paused(3), paused(5)]);
  });
});

describe('damage that no crash explains is named, never shown as data', () => {
  const damage: [string, string, (store: ProjectStore) => Promise<unknown>][] = [
    ['data', 'data-', (store) => store.loadTable('data')],
    ['the cells of the data', 'cells-', async (store) => plain(await store.loadTable('data'))],
    ['weights', 'weights-', (store) => store.loadBestWeights()],
    ['a run file', 'file-', (store) => store.loadRunFile('report.json')],
    ['the log, in its middle', 'events-', (store) => store.loadEvents()],
  ];

  it.each(damage)('%s: a byte changed', async (_what, prefix, load) => {
    const storage = await filled();
    const path = await pathWith(storage, prefix);
    const bytes = (await storage.readBytes(path)) ?? new Uint8Array();
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await storage.writeBytes(path, bytes);
    await expect(load(new ProjectStore(storage))).rejects.toMatchObject({ code: 'storage.damaged' });
  });

  it.each(damage.slice(0, 4))('%s: a file gone', async (_what, prefix, load) => {
    const storage = await filled();
    await storage.remove(await pathWith(storage, prefix));
    await expect(load(new ProjectStore(storage))).rejects.toMatchObject({ code: 'storage.damaged' });
  });

  it('a changed cell that is still a table', async () => {
    const storage = await filled();
    const path = await pathWith(storage, 'cells-');
    const text = new TextDecoder().decode((await storage.readBytes(path)) ?? undefined);
    await storage.writeBytes(path, new TextEncoder().encode(text.replace('a.csv 1', 'a.csv 7')));
    const loaded = new ProjectStore(storage).loadTable('data');
    await expect(loaded.then(plain)).rejects.toMatchObject({ code: 'storage.damaged' });
  });

  it('both manifests; a new project is the way out', async () => {
    const storage = await filled();
    for (const slot of [0, 1]) await storage.writeBytes(`project.${slot}.json`, bytesOf(0x7b));
    const store = new ProjectStore(storage);
    await expect(store.loadManifest()).rejects.toMatchObject({ code: 'storage.damaged', facts: { file: 'project.json' } });
    await store.newProject();
    expect(await store.loadManifest()).toMatchObject({ data: null });
  });

  it('both manifests of the run: the data still opens, a new run is the way out', async () => {
    const storage = await filled();
    const [folder] = await storage.list('projects');
    for (const slot of [0, 1]) await storage.writeBytes(`projects/${folder?.name}/run.${slot}.json`, bytesOf(0x7b));
    const store = new ProjectStore(storage);
    expect(await store.loadManifest()).toMatchObject({ recipe: recipeOf(1), run: null });
    await expect(store.loadEvents()).rejects.toMatchObject({ code: 'storage.damaged' });
    await store.startRun('run-2');
    expect(await store.loadEvents()).toEqual([]);
  });
});

async function filled(): Promise<MemoryStorage> {
  const storage = new MemoryStorage();
  await fill(storage);
  return storage;
}

async function pathWith(storage: ProjectStorage, prefix: string): Promise<string> {
  const [folder] = await storage.list('projects');
  const file = (await storage.list(`projects/${folder?.name}`)).find(({ name }) => name.startsWith(prefix));
  return `projects/${folder?.name}/${file?.name}`;
}
