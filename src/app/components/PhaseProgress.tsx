import type { Progress as ProgressData } from '../../workers';
import { useFormat, useMessages } from '../messages';
import { Progress } from './Progress';

/** One phase of long work: what is going on, how far it is, a bar. */
export function PhaseProgress({ progress, fallback }: { progress: ProgressData | null; fallback?: string }) {
  const messages = useMessages();
  const format = useFormat();
  const phase = progress ? messages.training.phases[progress.phase] : (fallback ?? messages.training.phases.waiting);
  const known = progress !== null && progress.total > 1;
  // Model files are measured in bytes, everything else in rows or parts.
  const inBytes = ['reading', 'model', 'verifying', 'packing'].includes(progress?.phase ?? '');
  const write = inBytes && (progress?.total ?? 0) > 1000 ? format.bytes : format.number;
  const amount = known ? messages.app.of(write(progress.done), write(progress.total)) : '';
  return (
    <div className="phase">
      <p className="phase-line">
        <span role="status">{phase}</span>
        <span className="muted figure">{amount}</span>
      </p>
      <Progress label={phase} share={known ? progress.done / progress.total : null} text={amount || undefined} />
    </div>
  );
}
