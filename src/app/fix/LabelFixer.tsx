import { useRef, useState, type ReactNode } from 'react';
import { isSameRow, type RowPlace } from '../../domain';
import type { RowLabels } from '../../workers';
import { fetchRowLabel, fixLabel, undoFixOf } from '../actions/fixes';
import { Button } from '../components/Button';
import { useMessages } from '../messages';
import { useProject } from '../store/project';
import { useRun } from '../store/run';
import { LabelEditor } from './LabelEditor';
import { labelText } from './labelText';
import { useFixedLabel } from './useFixedLabel';

interface Props {
  table: RowPlace['file'];
  /** As a spreadsheet counts it. */
  row: number;
  /** The label as the list around it shows it, while it is not changed. */
  children: ReactNode;
}

/** A row's label that is changed in place and undone in place. */
export function LabelFixer({ table, row, children }: Props) {
  const messages = useMessages();
  const words = messages.fixes;
  const { ownership, recipe, dataError } = useProject();
  const training = useRun((state) => state.training);
  const [open, setOpen] = useState<RowLabels | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const place = { file: table, row };
  const isFixed = (recipe?.data.fixes ?? []).some((fix) => isSameRow(fix, place));
  const fixed = useFixedLabel(place, isFixed);
  const locked = ownership !== 'owner' || training || recipe === null;
  const close = () => {
    setOpen(null);
    // Back to where the keyboard was.
    requestAnimationFrame(() => button.current?.focus());
  };
  const current = isFixed ? (fixed?.fixed ?? open?.fixed ?? null) : (open?.inFile ?? null);
  // A data set in trouble can still be put right by undoing.
  const canChange = !locked && dataError === null;

  if (open) {
    return (
      <div className="fixer" role="group" aria-label={words.labelOf(row)}>
        {current === null ? (
          <>
            <p className="small">{words.unreadable}</p>
            <Button look="text" onClick={close}>
              {messages.app.close}
            </Button>
          </>
        ) : (
          <LabelEditor row={row} label={current} onChange={(label) => fixLabel(place, label)} onClose={close} />
        )}
      </div>
    );
  }
  return (
    <div className="fixer">
      <span className="fixer-label">{isFixed && current ? labelText(current, words.noLabel) : children}</span>
      {canChange && (
        <button
          ref={button}
          type="button"
          className="button button-text small"
          aria-label={words.changeOf(row)}
          onClick={() => void fetchRowLabel(place).then((labels) => labels && setOpen(labels))}
        >
          {words.change}
        </button>
      )}
      {isFixed && (
        <span className="fixer-before small muted">
          {fixed?.inFile ? words.inFile(labelText(fixed.inFile, words.noLabel)) : words.changed}{' '}
          {!locked && (
            <Button look="text" className="small" aria-label={words.undoOf(row)} onClick={() => undoFixOf(place)}>
              {words.undo}
            </Button>
          )}
        </span>
      )}
    </div>
  );
}
