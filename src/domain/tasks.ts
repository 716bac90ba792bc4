/** Every task there is, a line each: what a row is answered with decides how cells are read, and how a report is shown. */

/** `kind` of a `Target`. */
export type TargetKind = 'class' | 'labels' | 'number' | 'tokens';

export interface TaskKind {
  target: TargetKind;
  /** Two texts a row. */
  pair: boolean;
}

export const taskKinds = {
  'single-label-classification': { target: 'class', pair: false },
  'text-pair-classification': { target: 'class', pair: true },
  'text-pair-regression': { target: 'number', pair: true },
  regression: { target: 'number', pair: false },
  'multi-label-classification': { target: 'labels', pair: false },
  'text-pair-multi-label-classification': { target: 'labels', pair: true },
  'token-classification': { target: 'tokens', pair: false },
} as const satisfies Record<string, TaskKind>;

export type TaskId = keyof typeof taskKinds;
/** Tasks that are answered in one way. */
export type TaskOf<Kind extends TargetKind> = { [Task in TaskId]: (typeof taskKinds)[Task]['target'] extends Kind ? Task : never }[TaskId];

export const taskIds = Object.keys(taskKinds) as TaskId[];
/** Where nothing says otherwise. */
export const defaultTask: TaskId = 'single-label-classification';

/** The task that answers one text or two in this way; null where none does. */
export function taskFor(target: TargetKind, pair: boolean): TaskId | null {
  return taskIds.find((task) => taskKinds[task].target === target && taskKinds[task].pair === pair) ?? null;
}
