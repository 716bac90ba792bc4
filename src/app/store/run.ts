/** The run on screen: its event log and what the worker does right now. Everything shown is projected from `events`. */
import { create } from 'zustand';
import type { ErrorData, RunEvent } from '../../domain';
import type { Progress } from '../../workers';
import { projectRun, type RunView } from './runView';

export interface RunState {
  events: readonly RunEvent[];
  view: RunView;
  /** A `train` request is under way. */
  training: boolean;
  /** Stop was asked for; the best weights are being tested. */
  stopping: boolean;
  progress: Progress | null;
  /** Trouble that is not in the log, such as a worker that stopped answering. */
  error: ErrorData | null;
  /** The person chose to keep the best weights after a run went astray; its message is put away. */
  dealtWith: boolean;
  interrupted: boolean;
  /** Weights of the last finished run can be loaded. */
  hasWeights: boolean;
  /** Those weights are in the training worker already. */
  weightsOpen: boolean;
}

export const emptyRun = {
  events: [],
  view: projectRun([]),
  training: false,
  stopping: false,
  progress: null,
  error: null,
  dealtWith: false,
  interrupted: false,
  hasWeights: false,
  weightsOpen: false,
} satisfies RunState;

export const useRun = create<RunState>(() => emptyRun);

export function setEvents(events: readonly RunEvent[]): void {
  useRun.setState({ events, view: projectRun(events) });
}
