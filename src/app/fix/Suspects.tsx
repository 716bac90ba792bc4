import { lazy, Suspense, useState } from 'react';
import { taskKinds } from '../../domain';
import { lookForSuspects } from '../actions/suspects';
import { Button } from '../components/Button';
import { ErrorCard } from '../components/ErrorCard';
import { Progress } from '../components/Progress';
import { useMessages } from '../messages';
import { useDevice } from '../store/device';
import { useProject } from '../store/project';
import { isSameLook, lookedAt, useSuspects } from '../store/suspects';

const SuspectsDialog = lazy(() => import('./SuspectsDialog'));

/** Looking for likely wrong labels: a thing to start, watch, end and read. For one label a row. */
export function Suspects({ locked }: { locked: boolean }) {
  const messages = useMessages();
  const { fixes: words, app } = messages;
  const { suspects } = words;
  const { table, testTable, recipe, counts, dataError } = useProject();
  const { looking, result, error } = useSuspects();
  const { device, estimate } = useDevice();
  const seconds = estimate?.labelErrorSeconds ?? null;
  const [open, setOpen] = useState(false);
  const isClass = recipe !== null && taskKinds[recipe.task].target === 'class';
  // tfjs gives one answer a text; what is needed is one a token.
  const isAble = device === null || !device.backend.startsWith('tfjs');
  if (!table || !recipe || !isClass || !counts || !isAble) return null;
  const found = result && isSameLook(result.of, lookedAt(table, testTable, recipe)) ? result.found : null;
  const disabled = locked || dataError !== null;

  return (
    <section className="card card-quiet small suspects" aria-label={suspects.heading}>
      <p>
        <strong>{suspects.heading}</strong>
      </p>
      {!looking && !found && <p className="muted">{suspects.why}</p>}
      {looking && (
        <div className="phase">
          <p className="phase-line">
            <span role="status">{suspects.looking}</span>
            <span className="muted figure">{suspects.share(looking.share)}</span>
          </p>
          <Progress label={suspects.looking} share={looking.share} text={suspects.share(looking.share)} />
        </div>
      )}
      {found && (
        <p role="status">
          {messages.device.join([
            found.found > 0 ? suspects.found(found.found, found.looked) : suspects.none(found.looked),
            found.looked < found.of ? suspects.sample(found.looked, found.of) : null,
          ])}
        </p>
      )}
      {error && <ErrorCard error={error} onDismiss={() => useSuspects.setState({ error: null })} />}
      <div className="card-actions">
        {looking && (
          <Button look="text" className="small" onClick={() => looking.stop.abort()}>
            {app.cancel}
          </Button>
        )}
        {found && found.found > 0 && (
          <Button className="small" onClick={() => setOpen(true)}>
            {suspects.show}
          </Button>
        )}
        {!looking && (
          <Button look={found ? 'text' : 'plain'} className="small" disabled={disabled} onClick={lookForSuspects}>
            {found ? suspects.again : suspects.look(seconds)}
          </Button>
        )}
      </div>
      {open && found && (
        <Suspense fallback={null}>
          <SuspectsDialog found={found} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </section>
  );
}
