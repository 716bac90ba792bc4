import { useState } from 'react';
import type { ClassificationReport } from '../../../domain';
import { Button } from '../../components/Button';
import { useMessages } from '../../messages';
import { visibleText } from '../../visibleText';
import { useOpenRows } from '../rows/openRows';
import { ConfusionMatrix } from './ConfusionMatrix';
import { WorstPairs } from './WorstPairs';

/** With more labels than this the worst mix-ups come first and the table on demand. */
const mostAtOnce = 12;

/** What was taken for what. Every figure opens its rows. */
export function Confusion({ report }: { report: ClassificationReport }) {
  const messages = useMessages();
  const openRows = useOpenRows();
  const [matrix, setMatrix] = useState(false);
  const words = messages.result;
  const { confusion, labels, predictions } = report;
  const small = labels.length <= mostAtOnce;
  const nameOf = (index: number) => visibleText(labels[index] ?? '');
  const open = (label: number, predicted: number) =>
    openRows({
      predictions: predictions.filter((one) => one.label === label && one.predicted === predicted),
      words: (speech) => ({ title: speech.messages.result.rowsHeading(nameOf(label), nameOf(predicted)) }),
    });

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
    </section>
  );
}
