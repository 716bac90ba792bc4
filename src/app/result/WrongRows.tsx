import { lazy, Suspense, useMemo, useState } from 'react';
import type { Prediction, ClassificationReport } from '../../domain';
import { Button } from '../components/Button';
import { useMessages } from '../messages';
import { shortText, visibleText } from '../visibleText';

const PredictionsDialog = lazy(() => import('./PredictionsDialog'));

const shownAtFirst = 3;
const sureness = ({ scores, predicted }: Prediction) => scores[predicted] ?? 0;

/** Rows that were answered wrongly with the most certainty: often a wrong label in the file. */
export function WrongRows({ report }: { report: ClassificationReport }) {
  const messages = useMessages();
  const [open, setOpen] = useState(false);
  const wrong = useMemo(
    () =>
      report.predictions
        .filter(({ label, predicted }) => label !== predicted)
        .sort((left, right) => sureness(right) - sureness(left)),
    [report],
  );
  const words = messages.result;
  return (
    <section className="stack-small">
      <h3 className="part-title">{words.wrong}</h3>
      {wrong.length === 0 && <p>{words.noWrong}</p>}
      <ul className="plain-list wrong-rows">
        {wrong.slice(0, shownAtFirst).map((prediction) => (
          <li key={prediction.row}>
            <p className="break">{shortText(prediction.text).text}</p>
            <p className="small muted">
              {messages.data.rowHeading(prediction.row)} ·{' '}
              {words.answered(
                visibleText(report.labels[prediction.label] ?? ''),
                visibleText(report.labels[prediction.predicted] ?? ''),
                sureness(prediction),
              )}
            </p>
          </li>
        ))}
      </ul>
      {wrong.length > 0 && (
        <div>
          <Button look="text" onClick={() => setOpen(true)}>
            {words.seeWrong(wrong.length)}
          </Button>
        </div>
      )}
      {open && (
        <Suspense fallback={null}>
          <PredictionsDialog title={words.wrongHeading} labels={report.labels} predictions={wrong} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </section>
  );
}
