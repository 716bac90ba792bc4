import { useState } from 'react';
import { isSameRow, type LabelSuspect, type LabelSuspects } from '../../domain';
import { fixLabel } from '../actions/fixes';
import { Button } from '../components/Button';
import { ModalDialog } from '../components/ModalDialog';
import { useFormat, useMessages } from '../messages';
import { useProject } from '../store/project';
import { useRun } from '../store/run';
import { visibleText } from '../visibleText';
import { FixBar } from './FixBar';
import { LabelFixer } from './LabelFixer';

const pageSize = 50;

/** Rows whose label is likely wrong, the likeliest first; each is changed by hand, none by itself. */
export default function SuspectsDialog({ found, onClose }: { found: LabelSuspects; onClose: () => void }) {
  const messages = useMessages();
  const words = messages.fixes.suspects;
  const [count, setCount] = useState(pageSize);
  const hasTestFile = found.suspects.some(({ file }) => file === 'test');
  return (
    <ModalDialog title={words.heading} onClose={onClose}>
      <p className="small muted">
        {messages.device.join([words.order, found.suspects.length < found.found ? words.shownOf(found.suspects.length, found.found) : null])}
      </p>
      <FixBar onTrain={onClose} />
      <div className="table-scroll dialog-scroll" tabIndex={0} role="region" aria-label={words.heading}>
        <table className="table predictions suspects-table" role="table">
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col">{messages.data.row}</th>
              <th scope="col">{messages.data.textColumn}</th>
              <th scope="col">{messages.fixes.heading}</th>
              <th scope="col">{words.suggested}</th>
              <th scope="col">{words.confidence}</th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {found.suspects.slice(0, count).map((suspect) => (
              <SuspectRow key={`${suspect.file} ${suspect.row}`} suspect={suspect} hasTestFile={hasTestFile} />
            ))}
          </tbody>
        </table>
      </div>
      {found.suspects.length > count && <Button onClick={() => setCount(count + pageSize)}>{messages.app.more}</Button>}
    </ModalDialog>
  );
}

function SuspectRow({ suspect, hasTestFile }: { suspect: LabelSuspect; hasTestFile: boolean }) {
  const messages = useMessages();
  const format = useFormat();
  const words = messages.fixes.suspects;
  const { file, row, text, textPair, label, suggested, confidence } = suspect;
  const { ownership, recipe, dataError } = useProject();
  const training = useRun((state) => state.training);
  const isFixed = (recipe?.data.fixes ?? []).some((fix) => isSameRow(fix, suspect));
  const locked = ownership !== 'owner' || training || dataError !== null;
  const shown = visibleText(suggested);
  return (
    <tr role="row" data-suspect={row}>
      <td role="cell" className="figure muted" data-head={messages.data.row}>
        {row}
        {hasTestFile && ` ${messages.doctor.files[file]}`}
      </td>
      <td role="cell" className="break predictions-text">
        <p>{visibleText(text)}</p>
        {textPair !== undefined && <p className="second-text">{visibleText(textPair)}</p>}
      </td>
      <td role="cell" data-head={messages.fixes.heading}>
        <LabelFixer table={file} row={row}>
          {visibleText(label)}
        </LabelFixer>
      </td>
      <td role="cell" data-head={words.suggested}>
        {isFixed ? (
          shown
        ) : (
          <Button look="text" className="small" disabled={locked} aria-label={words.useThisOf(shown, row)} onClick={() => void fixLabel({ file, row }, { kind: 'class', label: suggested })}>
            {words.useThis(shown)}
          </Button>
        )}
      </td>
      <td role="cell" data-head={words.confidence} className="figure">
        {format.percent(confidence)}
      </td>
    </tr>
  );
}
