import type { RunView } from '../store/runView';
import { AccuracyChart } from './AccuracyChart';
import { LossChart } from './LossChart';

/** Loaded with the chart library when a run has its first point. */
export default function RunCharts({ view, live }: { view: RunView; live: boolean }) {
  return (
    <div className="charts">
      <LossChart view={view} live={live} />
      <AccuracyChart view={view} live={live} />
    </div>
  );
}
