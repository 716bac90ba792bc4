import { fixedRows } from '../../domain';
import { undoAllFixes, undoLastFix } from '../actions/fixes';
import { train } from '../actions/train';
import { Button } from '../components/Button';
import { useMessages } from '../messages';
import { useProject } from '../store/project';
import { useRun } from '../store/run';

/** How many labels were changed, and what can be done about it. Nothing where none was. */
export function FixBar({ onTrain }: { onTrain?: () => void }) {
  const messages = useMessages();
  const words = messages.fixes.bar;
  const { ownership, recipe, counts, dataError } = useProject();
  const { training, view } = useRun();
  const fixes = recipe?.data.fixes ?? [];
  if (fixes.length === 0) return null;
  const locked = ownership !== 'owner' || training;
  const missing = counts?.fixed?.missing ?? 0;
  return (
    <div className="card card-quiet small fix-bar" data-fixes={fixes.length}>
      <p>
        <strong role="status">{words.changed(fixedRows(fixes).length)}</strong> <span className="muted">{words.note}</span>
      </p>
      {missing > 0 && <p className="muted">{words.missing(missing)}</p>}
      <div className="card-actions">
        <Button look="text" className="small" disabled={locked} onClick={undoLastFix}>
          {words.undoLast}
        </Button>
        <Button look="text" className="small" disabled={locked} onClick={undoAllFixes}>
          {words.undoAll}
        </Button>
        {view.report !== null && (
          <Button
            className="small"
            disabled={locked || dataError !== null}
            onClick={() => {
              onTrain?.();
              void train();
            }}
          >
            {messages.training.trainAgain}
          </Button>
        )}
      </div>
    </div>
  );
}
