import { lazy, Suspense, useState } from 'react';
import type { ClassificationReport } from '../../domain';
import { Button } from '../components/Button';
import { useMessages } from '../messages';
import { visibleText } from '../visibleText';
import { ConfusionMatrix } from './ConfusionMatrix';
import { WorstPairs } from './WorstPairs';

const PredictionsDialog = lazy(() => import('./PredictionsDialog'));

/** With more labels than this the worst mix-ups come first and the table on demand. */
const mostAtOnce = 12;

/** What was taken for what. Every figure opens its rows. */
export function Confusion({ report }: { report: ClassificationReport }) {
  const messages = useMessages();
  const [pair, setPair] = useState<{ label: number; predicted: number } | null>(null);
  const [matrix, setMatrix] = useState(false);
  const words = messages.result;
  const { confusion, labels } = report;
  const small = labels.length <= mostAtOnce;
  const open = (label: number, predicted: number) => setPair({ label, predicted });
  const nameOf = (index: number) => visibleText(labels[index] ?? '');

  return (
    <section className="stack-small confusion">
      <h3 className="part-title">{small ? words.confusion : words.worstPairs}</h3>
      {!small && <WorstPairs report={report} onOpen={open} />}
      {confusion && !small && (
        <div>
          <Button look="text" aria-expanded={matrix} onClick={() => setMatrix(!matrix)}>
            {matrix ? words.hideMatrix : words.showMatrix}
          </Button>
        </div>
      )}
      {confusion && (small || matrix) && (
        <>
          <ConfusionMatrix labels={labels} confusion={confusion} onOpen={open} />
          <p className="small muted">{words.confusionNote}</p>
        </>
      )}
      {!confusion && <p className="small muted">{words.noMatrix}</p>}
      {pair && (
        <Suspense fallback={null}>
          <PredictionsDialog
            title={words.rowsHeading(nameOf(pair.label), nameOf(pair.predicted))}
            labels={labels}
            predictions={report.predictions.filter(
              ({ label, predicted }) => label === pair.label && predicted === pair.predicted,
            )}
            onClose={() => setPair(null)}
          />
        </Suspense>
      )}
    </section>
  );
}
