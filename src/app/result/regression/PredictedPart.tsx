import { useMemo, useState } from 'react';
import type { RegressionReport } from '../../../domain';
import { ChartOrTable } from '../../charts/ChartOrTable';
import { PredictedChart } from '../../charts/PredictedChart';
import { Button } from '../../components/Button';
import { thinned } from '../../store/runView';
import { OpenableTable } from '../parts/OpenableTable';
import type { PredictionOf } from '../reportKind';
import { useOpenRows } from '../rows/openRows';
import { useSpeech } from '../speech';
import { writeNumber, writeOffset } from './unit';

/** More dots say no more, and take long to draw. */
const mostPoints = 2000;
const pageSize = 20;

/** Every answer against what the file says, and the same as a table with the farthest off first. */
export function PredictedPart({ report, sorted }: { report: RegressionReport; sorted: readonly PredictionOf<RegressionReport>[] }) {
  const { messages, format } = useSpeech();
  const openRows = useOpenRows();
  const [count, setCount] = useState(pageSize);
  const { charts: words, result, reports, app } = messages;
  const { predictions } = report;
  const write = writeNumber(report, format);
  const offset = writeOffset(report, format);
  const points = useMemo(
    () => thinned(predictions, mostPoints).map((prediction) => ({ row: prediction.row, truth: prediction.label, answer: prediction.predicted, prediction })),
    [predictions],
  );
  const open = (prediction: PredictionOf<RegressionReport>) => openRows({ predictions: [prediction], words: (speech) => ({ title: speech.messages.charts.row(prediction.row) }) });
  return (
    <section className="stack-small">
      <ChartOrTable
        caption={words.predicted}
        chart={
          <>
            <PredictedChart points={points} write={write} onOpen={({ prediction }) => open(prediction)} />
            <p className="small muted">
              {messages.device.join([words.predictedNote, predictions.length > points.length ? words.predictedThinned(points.length, predictions.length) : null])}
            </p>
          </>
        }
        table={
          <>
            <OpenableTable
              name={words.predicted}
              heads={[result.row, words.inFile, words.answered, reports.difference]}
              rows={sorted.slice(0, count).map((prediction) => ({
                key: prediction.row,
                name: format.number(prediction.row),
                cells: [write(prediction.label), write(prediction.predicted), offset(prediction.predicted - prediction.label)],
                onOpen: () => open(prediction),
              }))}
            />
            {sorted.length > count && (
              <Button look="text" onClick={() => setCount(count + pageSize * 5)}>
                {app.more}
              </Button>
            )}
          </>
        }
      />
    </section>
  );
}
