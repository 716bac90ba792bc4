/** From a changed recipe to counts and an estimate. Only the newest change counts; older answers are dropped. */
import { taskKinds, toErrorData, type Recipe, type TaskId } from '../../domain';
import { projectWorker } from '../workers';
import { useProject } from '../store/project';
import { examineData } from './doctor';
import { estimateRun, forgetEstimate } from './estimate';

const pause = 350;
let newest = 0;
/** What is being prepared, or was last. */
let running: { recipe: Recipe; stop: AbortController; done: Promise<void> } | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Changes the recipe on screen at once and saves it soon after. */
export function changeRecipe(change: (recipe: Recipe) => Recipe): void {
  const { recipe, ownership } = useProject.getState();
  if (!recipe || ownership !== 'owner') return;
  useProject.setState({ recipe: change(recipe), preparing: true, dataError: null });
  forgetEstimate();
  newest += 1;
  clearTimeout(timer);
  timer = setTimeout(() => void prepareData(), pause);
}

/** Columns chosen by hand; the first choice makes a recipe where the file left it open. */
export function chooseColumns(columns: { textColumn?: string; textPairColumn?: string; labelColumn?: string }): void {
  const { recipe, defaultRecipe } = useProject.getState();
  if (!recipe && defaultRecipe) useProject.setState({ recipe: defaultRecipe });
  changeRecipe((before) => {
    const { labelColumns, ...data } = before.data;
    // One column chosen by hand takes the place of several.
    const several = columns.labelColumn === undefined && labelColumns !== undefined ? { labelColumns } : {};
    return { ...before, data: { ...data, ...several, ...columns, rareLabels: {}, mends: [] } };
  });
}

/** What is learnt. A pair takes the guessed second text, or the first column that is neither text nor label. */
export function chooseTask(task: TaskId): void {
  const { table, defaultRecipe } = useProject.getState();
  changeRecipe((before) => {
    const { textPairColumn, labelColumns, ...data } = before.data;
    const free = table?.columns.find((column) => column !== data.textColumn && column !== data.labelColumn);
    const second = textPairColumn ?? defaultRecipe?.data.textPairColumn ?? free;
    const guessed = labelColumns ?? defaultRecipe?.data.labelColumns;
    return {
      ...before,
      task,
      data: {
        ...data,
        ...(taskKinds[task].pair && second !== undefined && { textPairColumn: second }),
        ...(taskKinds[task].target === 'labels' && guessed !== undefined && { labelColumns: guessed }),
        rareLabels: {},
        mends: [],
      },
    };
  });
}

export async function prepareData(): Promise<void> {
  const { recipe, ownership, importing } = useProject.getState();
  clearTimeout(timer);
  // A recipe saved now would be taken for the recipe of the file that is being read. The end of the reading comes back here.
  if (importing) return;
  const undecided = recipe?.data.textColumn === '' || recipe?.data.labelColumn === '';
  if (!recipe || undecided || ownership !== 'owner') return useProject.setState({ preparing: false });
  newest += 1;
  running?.stop.abort();
  const stop = new AbortController();
  running = { recipe, stop, done: prepare(recipe, newest, stop.signal) };
  return running.done;
}

async function prepare(recipe: Recipe, ours: number, signal: AbortSignal): Promise<void> {
  useProject.setState({ preparing: true });
  try {
    const { counts, texts } = await projectWorker.request('prepare', { recipe }, { signal });
    if (ours !== newest) return;
    useProject.setState({ counts, texts, dataError: null, preparing: false });
    estimateRun();
    void examineData(recipe);
  } catch (thrown) {
    if (ours !== newest) return;
    if (toErrorData(thrown).code === 'cancelled') {
      // The tables were about to be replaced under it. What comes of that, also its failure, prepares anew.
      if (!useProject.getState().importing) useProject.setState({ preparing: false });
      return;
    }
    useProject.setState({ counts: null, texts: null, findings: null, dataError: toErrorData(thrown), preparing: false });
  }
}

/** Waits until a pending change is saved, so that a run starts with what is on screen. */
export async function settleRecipe(): Promise<void> {
  const { preparing, recipe } = useProject.getState();
  if (!preparing) return;
  // What is under way already is waited for: a large file takes long.
  await (running?.recipe === recipe ? running?.done : prepareData());
}
