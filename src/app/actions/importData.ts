/** Files in, by whatever way a person brings them. The open project is replaced only after an import succeeded. */
import { AnnealError, toErrorData, type DialectChoice, type ErrorData } from '../../domain';
import type { DroppedFolder, ProjectSnapshot } from '../../workers';
import { projectWorker } from '../workers';
import { filesInFolders } from './droppedFolder';
import { forgetEstimate, loadModel } from './estimate';
import { forgetExport } from './exportModel';
import { withKeptChoices } from './keptChoices';
import { prepareData } from './prepare';
import { refreshStorage } from './storage';
import { useDevice } from '../store/device';
import { emptyProject, useProject, type ProjectState } from '../store/project';
import { emptyRun, useRun } from '../store/run';
import { projectRun } from '../store/runView';

export const samples = {
  en: { file: 'support-intents-en.csv', rows: 490, labels: 7 },
  zh: { file: 'support-intents-zh.csv', rows: 398, labels: 7 },
} as const;

export type SampleName = keyof typeof samples;

function showTables({ table, testTable, files, recipe, defaultRecipe }: ProjectSnapshot): void {
  useProject.setState({ ...emptyProject, table, testTable, files, recipe, defaultRecipe: defaultRecipe ?? recipe });
  forgetEstimate();
}

/** Puts what the project worker answered on screen, the last run included. */
export function showSnapshot(snapshot: ProjectSnapshot): void {
  const { events, interrupted, hasWeights } = snapshot;
  const before = useRun.getState();
  const view = projectRun(events);
  // Weights that are in the training worker stay usable while their run is the one on screen.
  const weightsOpen = before.weightsOpen && view.runId !== null && view.runId === before.view.runId;
  showTables(snapshot);
  useRun.setState({ ...emptyRun, events, view, interrupted, hasWeights, weightsOpen });
  if (!weightsOpen) forgetExport();
}

/** Loading starts as soon as there are data, so that Train finds the model ready. A failure is said when it matters. */
export function warmUp(): void {
  const { recipe, defaultRecipe } = useProject.getState();
  const baseModel = (recipe ?? defaultRecipe)?.baseModel;
  if (baseModel !== undefined) void loadModel(baseModel).catch((thrown: unknown) => useDevice.setState({ error: toErrorData(thrown) }));
}

/** Puts back what was chosen before the same file was read in another way. */
function keepChoices(before: Pick<ProjectState, 'recipe' | 'defaultRecipe'>): void {
  const { table, recipe, defaultRecipe } = useProject.getState();
  const fresh = recipe ?? defaultRecipe;
  if (!table || !fresh || !before.recipe) return;
  useProject.setState({ recipe: withKeptChoices({ recipe: before.recipe, defaultRecipe: before.defaultRecipe }, fresh, table.columns) });
}

/** @param isSame the open file, read in another way: what was chosen for it stays */
export async function importFile(file: File | DroppedFolder, as: 'data' | 'test', choice: DialectChoice = {}, isSame = false): Promise<void> {
  const { ownership, importing, opened, recipe, defaultRecipe } = useProject.getState();
  if (ownership !== 'owner' || useRun.getState().training) return;
  importing?.stop.abort();
  const stop = new AbortController();
  const lastTry = { file, as, choice };
  useProject.setState({ importing: { fileName: file.name, progress: null, stop }, importError: null, lastTry });
  const isCurrent = () => useProject.getState().importing?.stop === stop;
  try {
    const snapshot = await projectWorker.request(
      'importFile',
      { file, as, choice },
      {
        signal: stop.signal,
        onProgress: (progress) => {
          if (!isCurrent()) return;
          const firstRows = progress.firstRows ?? useProject.getState().importing?.firstRows;
          useProject.setState({ importing: { fileName: file.name, progress, firstRows, stop } });
        },
      },
    );
    if (!isCurrent()) return;
    // A test file changes nothing of the run on screen; its report is then older than the data.
    if (as === 'data') showSnapshot(snapshot);
    else showTables(snapshot);
    if (as === 'data' && isSame) keepChoices({ recipe, defaultRecipe });
    useProject.setState({ lastTry, opened: as === 'data' ? { data: lastTry, test: null } : { ...opened, test: lastTry } });
    warmUp();
    await prepareData();
    void refreshStorage();
  } catch (thrown) {
    if (isCurrent()) failImport(toErrorData(thrown));
  }
}

export function failImport(error: ErrorData): void {
  useProject.setState({ importing: null, importError: error.code === 'cancelled' ? null : error });
  if (useProject.getState().preparing) void prepareData();
}

const isFolder = (entry: FileSystemEntry | null | undefined): entry is FileSystemDirectoryEntry => entry?.isDirectory === true;

/** One file, or folders of text files. */
export async function importDropped(transfer: DataTransfer): Promise<void> {
  // All at once: the entries are gone as soon as the event is over.
  const entries = [...transfer.items].filter(({ kind }) => kind === 'file').map((item) => item.webkitGetAsEntry?.());
  const folders = entries.filter(isFolder);
  const [file] = transfer.files;
  if (folders.length > 0) await importFolders(folders);
  else if (file) await importFile(file, 'data');
}

async function importFolders(folders: readonly FileSystemDirectoryEntry[]): Promise<void> {
  const { ownership, importing } = useProject.getState();
  if (ownership !== 'owner' || useRun.getState().training) return;
  importing?.stop.abort();
  const stop = new AbortController();
  // A large folder takes a while to go through; that can be stopped too.
  useProject.setState({ importing: { fileName: folders[0]?.name ?? '', progress: null, stop }, importError: null });
  const isCurrent = () => useProject.getState().importing?.stop === stop;
  try {
    const found = await filesInFolders(folders, stop.signal);
    if (isCurrent()) await importFile(found, 'data');
  } catch (thrown) {
    if (isCurrent()) failImport(toErrorData(thrown));
  }
}

export async function importSample(name: SampleName): Promise<void> {
  const { file } = samples[name];
  try {
    const answer = await fetch(`${import.meta.env.BASE_URL}samples/${file}`);
    if (!answer.ok) throw new AnnealError('data.unreadable-file', { file, reason: `HTTP ${answer.status}` });
    await importFile(new File([await answer.blob()], file, { type: 'text/csv' }), 'data');
  } catch (thrown) {
    const error = toErrorData(thrown);
    failImport(
      error.code === 'unexpected'
        ? { code: 'data.unreadable-file', facts: { file, reason: error.facts.detail } }
        : error,
    );
  }
}

/** A remedy for a failed import: the same file, read in another way. */
export async function tryAgain(choice: DialectChoice): Promise<void> {
  const { lastTry } = useProject.getState();
  if (lastTry) await importFile(lastTry.file, lastTry.as, { ...lastTry.choice, ...choice });
}

/** Reads an open file again in another way. Needs the file of this visit; after a reload it has to be chosen again. */
export async function readAgain(as: 'data' | 'test', choice: DialectChoice): Promise<void> {
  const before = useProject.getState().opened[as];
  if (before) await importFile(before.file, as, { ...before.choice, ...choice }, true);
}

/** Undoes `raggedRows: 'use'`. */
export async function setRaggedAside(): Promise<void> {
  const before = useProject.getState().opened.data;
  if (!before) return;
  const { raggedRows: _, ...choice } = before.choice;
  await importFile(before.file, 'data', choice, true);
}

export async function removeTestFile(): Promise<void> {
  try {
    const { table, testTable, files, recipe } = await projectWorker.request('removeTestFile', {});
    useProject.setState(({ opened }) => ({ table, testTable, files, recipe, opened: { ...opened, test: null } }));
    await prepareData();
  } catch (thrown) {
    failImport(toErrorData(thrown));
  }
}
