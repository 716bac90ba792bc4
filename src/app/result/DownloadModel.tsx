import { lazy, Suspense } from 'react';
import type { Report } from '../../domain';
import { exportModel } from '../actions/exportModel';
import { Button } from '../components/Button';
import { ErrorCard } from '../components/ErrorCard';
import { PhaseProgress } from '../components/PhaseProgress';
import { useMessages } from '../messages';
import { useExport } from '../store/exporting';
import { useProject } from '../store/project';
import { useRun } from '../store/run';

const Snippet = lazy(() => import('./Snippet'));

/** The way out: packed, read back, checked on every test row, then handed over. */
export function DownloadModel({ report }: { report: Report }) {
  const messages = useMessages();
  const { working, progress, ready, error } = useExport();
  const owner = useProject((state) => state.ownership === 'owner');
  const usable = useRun((state) => state.hasWeights || state.weightsOpen);
  const words = messages.result;
  return (
    <section className="stack-small download">
      {working ? (
        <PhaseProgress progress={progress} fallback={words.downloading} />
      ) : (
        !ready && (
          <Button look="main" className="button-big" disabled={!owner || !usable} onClick={() => void exportModel()}>
            {words.download}
          </Button>
        )
      )}
      {error && (
        <ErrorCard error={error}>
          <Button onClick={() => void exportModel()}>{messages.error.again}</Button>
        </ErrorCard>
      )}
      {ready ? (
        <>
          <p role="status" className="done-line">
            {words.packed(ready.check.rows, ready.check.largestDifference)}
          </p>
          {ready.files.map(({ name, address, bytes }) => (
            <a key={name} className="button button-big" href={address} download={name}>
              {words.downloadAgain} <span className="small">({messages.app.bytes(bytes)})</span>
            </a>
          ))}
          <Suspense fallback={null}>
            <Snippet report={report} folder={(ready.files[0]?.name ?? 'model').replace(/\.zip$/, '')} />
          </Suspense>
        </>
      ) : (
        <p className="small muted">{usable ? words.opensShort(report.rows) : words.noWeights}</p>
      )}
    </section>
  );
}
