import { useState } from 'react';
import type { Report } from '../../../domain';
import { Button } from '../../components/Button';
import { ModalDialog } from '../../components/ModalDialog';
import { FixBar } from '../../fix/FixBar';
import { kindOf } from '../reportKinds';
import { useSpeech } from '../speech';
import type { OpenedRows } from './openRows';
import { PredictionRow } from './PredictionRow';

interface Props {
  report: Report;
  opened: OpenedRows;
  onClose: () => void;
}

const pageSize = 50;

/** Test rows with what the file says, the answer and its score. */
export default function RowsDialog({ report, opened: { predictions, words: wordsOf }, onClose }: Props) {
  const speech = useSpeech();
  const [count, setCount] = useState(pageSize);
  const { app, result: words } = speech.messages;
  const { title, note, scores } = wordsOf(speech);
  const kind = kindOf(report);
  const heads = { truth: words.inFile, answer: words.answer, score: scores?.name ?? kind.scoreName(speech) };
  return (
    <ModalDialog title={title} onClose={onClose}>
      {note && <p className="small muted">{note}</p>}
      <FixBar onTrain={onClose} />
      {predictions.length === 0 ? (
        <p>{words.noRows}</p>
      ) : (
        <div className="table-scroll dialog-scroll" tabIndex={0} role="region" aria-label={title}>
          <table className="table predictions" role="table">
            <thead role="rowgroup">
              <tr role="row">
                <th scope="col">{words.row}</th>
                <th scope="col">{words.text}</th>
                <th scope="col">{heads.truth}</th>
                <th scope="col">{heads.answer}</th>
                <th scope="col">{heads.score}</th>
              </tr>
            </thead>
            <tbody role="rowgroup">
              {predictions.slice(0, count).map((prediction, index) => {
                const shown = kind.row(report, prediction, speech);
                return <PredictionRow key={index} shown={scores ? { ...shown, score: scores.texts[index] ?? '' } : shown} heads={heads} />;
              })}
            </tbody>
          </table>
        </div>
      )}
      {predictions.length > count && (
        <div>
          <Button onClick={() => setCount(count + pageSize)}>{app.more}</Button>{' '}
          <span className="small muted">{words.shownOf(Math.min(count, predictions.length), predictions.length)}</span>
        </div>
      )}
    </ModalDialog>
  );
}
