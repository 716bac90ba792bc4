import type { ReactElement } from 'react';
import { DataPlace } from './data/DataPlace';
import { useMessages } from './messages';
import { ResultPlace } from './result/ResultPlace';
import { useLayout, type PlaceName } from './store/layout';
import { isReadyToTrain, useProject } from './store/project';
import { useRun } from './store/run';
import { TrainingPlace } from './training/TrainingPlace';
import { useStacked } from './useStacked';

/** The three places. Side by side in the order of the work; stacked with the one in use first. */
export function Studio() {
  const messages = useMessages();
  const wide = useLayout((state) => state.wide);
  const stacked = useStacked();
  const { training, view } = useRun();
  const ready = useProject(isReadyToTrain);
  const busy = training || ready || (view.runId !== null && view.report === null);
  const trouble = useProject((state) => state.importError !== null || state.importing !== null || state.dataError !== null);
  const inUse: PlaceName = trouble ? 'data' : view.report && !training ? 'result' : busy ? 'training' : 'data';
  const places: Record<PlaceName, ReactElement> = {
    data: <DataPlace key="data" current={inUse === 'data'} />,
    training: <TrainingPlace key="training" current={inUse === 'training'} />,
    result: <ResultPlace key="result" current={inUse === 'result'} />,
  };
  const order: PlaceName[] = ['data', 'training', 'result'];
  const first = wide ?? inUse;
  if (stacked) order.sort((left, right) => Number(right === first) - Number(left === first));
  return (
    <div className="studio" data-wide={wide ?? 'none'} role="group" aria-label={messages.app.places}>
      {order.map((name) => places[name])}
    </div>
  );
}
