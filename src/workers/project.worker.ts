/** Entry point of the worker that reads files and keeps the project. Routes messages; the work is in `project/`. */
import type { FirstRows, ImportProgress } from '../data';
import { parseRecipe } from '../domain';
import { ProjectState } from './project/projectState';
import { relabelled, rowLabels } from './project/rowLabels';
import { sendInPieces } from './datasetMessages';
import type { ProjectRequests } from './protocol';
import { serve } from './serve';

/** Milliseconds between two reports of an import. */
const shortestReport = 100;

let state: Promise<ProjectState> | null = null;
const project = (): Promise<ProjectState> => (state ??= ProjectState.create(import.meta.env.BASE_URL));

serve<ProjectRequests>({
  async open() {
    const opened = await project();
    await opened.load();
    return { project: await opened.snapshot(), storage: await opened.usage() };
  },
  async importFile({ file, as, choice }, { progress, signal }) {
    const opened = await project();
    let firstRows: FirstRows | undefined;
    let lastReport = 0;
    const report = ({ fraction, rows }: ImportProgress) => {
      // Many small pieces must not become as many messages.
      if (firstRows === undefined && performance.now() - lastReport < shortestReport) return;
      lastReport = performance.now();
      progress({ phase: 'reading', done: Math.round(fraction * file.size), total: file.size, rows, ...(firstRows && { firstRows }) });
      firstRows = undefined;
    };
    await opened.importFile(file, as, { choice, onProgress: report, onFirstRows: (rows) => (firstRows = rows), signal });
    return opened.snapshot();
  },
  async removeTestFile() {
    const opened = await project();
    await opened.removeTestFile();
    return opened.snapshot();
  },
  async rows({ table: which, from, count }) {
    const table = (await project()).table(which);
    if (!table) return [];
    const end = Math.min(table.rowNumbers.length, from + count);
    return Array.from({ length: Math.max(0, end - from) }, (_, index) => ({
      row: table.rowNumbers[from + index] ?? 0,
      cells: table.columns.map(({ cells }) => cells.at(from + index) ?? ''),
    }));
  },
  async prepare({ recipe }, { signal }) {
    const opened = await project();
    const parsed = parseRecipe(recipe);
    await opened.saveRecipe(parsed);
    const { counts } = await opened.dataset(parsed, signal);
    return { counts, texts: await opened.measureTexts(parsed, signal) };
  },
  async examine({ recipe }, { progress, signal }) {
    return (await project()).examine(parseRecipe(recipe), (done, total) => progress({ phase: 'checking', done, total }), signal);
  },
  async row({ table: which, row }) {
    const table = (await project()).table(which);
    const index = table?.rowNumbers.indexOf(row) ?? -1;
    return table && index >= 0 ? { row, cells: table.columns.map(({ cells }) => cells.at(index) ?? '') } : null;
  },
  async rowLabel({ recipe, place, labels }) {
    return rowLabels((await project()).table(place.file), { recipe: parseRecipe(recipe), place, labels });
  },
  async relabel({ recipe, place, labels, label }) {
    return relabelled((await project()).table(place.file), { recipe: parseRecipe(recipe), place, labels }, label);
  },
  async sendDataset({ recipe, port, most }, { signal }) {
    const opened = await project();
    const dataset = await opened.dataset(parseRecipe(recipe), signal);
    await sendInPieces(port, dataset, opened.pauses(signal), most ?? Infinity);
    return { rows: dataset.train.length };
  },
  async newProject() {
    const opened = await project();
    await opened.newProject();
    return opened.snapshot();
  },
  async deleteEverything() {
    return { deletedBytes: await (await project()).deleteEverything() };
  },
  async storage() {
    return (await project()).usage();
  },
});
