import { lazy, Suspense } from 'react';
import { stopTraining } from '../actions/train';
import { Button } from '../components/Button';
import { PhaseProgress } from '../components/PhaseProgress';
import { useMessages } from '../messages';
import { useDevice } from '../store/device';
import { useLayout } from '../store/layout';
import { useProject } from '../store/project';
import { useRun } from '../store/run';
import { RunDetails } from './RunDetails';
import { RunHead } from './RunHead';
import { RunNotices } from './RunNotices';
import { RunTables } from './RunTables';

const RunCharts = lazy(() => import('../charts/RunCharts'));

/** A run, live or over: where it is, its charts, how to stop it. */
export function RunView() {
  const messages = useMessages();
  const { view, training, stopping, progress } = useRun();
  const loading = useDevice((state) => state.progress);
  const ownership = useProject((state) => state.ownership);
  const { chartsAsTables, toggleTables } = useLayout();
  const words = messages.training;
  // The run's own bar shows the steps; a second one is for what is done before and between them.
  const phase = progress?.phase === 'training' ? null : progress;
  const hasPoints = view.training.length > 0;

  return (
    <div className="stack">
      {view.runId !== null && <RunHead />}
      {training && (view.runId === null || phase !== null) && <PhaseProgress progress={phase ?? loading} />}
      {view.continuedFrom && <p className="small muted">{words.continued(view.continuedFrom.step)}</p>}
      <RunNotices view={view} live={training} />
      {hasPoints &&
        (chartsAsTables ? (
          <RunTables view={view} />
        ) : (
          <Suspense fallback={<div className="chart-space" />}>
            <RunCharts view={view} live={training} />
          </Suspense>
        ))}
      {view.runId !== null && (
        <div className="run-foot">
          {training && (
            <Button disabled={stopping || ownership !== 'owner'} onClick={() => void stopTraining()}>
              {stopping ? words.stopping : words.stop}
            </Button>
          )}
          {hasPoints && (
            <Button aria-pressed={chartsAsTables} onClick={toggleTables}>
              {chartsAsTables ? words.asChart : words.asTable}
            </Button>
          )}
          {view.best && view.best.accuracy !== null && <span className="muted figure run-best">{words.best(view.best.accuracy, view.best.step)}</span>}
        </div>
      )}
      {view.runId !== null && <RunDetails view={view} />}
    </div>
  );
}
