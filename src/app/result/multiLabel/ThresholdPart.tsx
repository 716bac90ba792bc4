import type { MultiLabelReport, ThresholdPoint } from '../../../domain';
import { ChartOrTable } from '../../charts/ChartOrTable';
import { ThresholdChart } from '../../charts/ThresholdChart';
import { OpenableTable } from '../parts/OpenableTable';
import { useOpenRows } from '../rows/openRows';
import { useSpeech } from '../speech';

/** Thresholds of the table, in hundredths; the chosen one is added. */
const tableStep = 10;

/** Rows that would get other labels with another threshold. */
export function changedRows({ predictions, threshold }: Pick<MultiLabelReport, 'predictions' | 'threshold'>, other: number): MultiLabelReport['predictions'] {
  const [low, high] = [Math.min(threshold, other), Math.max(threshold, other)];
  return predictions.filter(({ scores }) => scores.some((score) => score >= low && score < high));
}

/** Precision, recall and F1 by threshold, with the one that was chosen. */
export function ThresholdPart({ report }: { report: MultiLabelReport }) {
  const { messages, format } = useSpeech();
  const openRows = useOpenRows();
  const { charts: words, result } = messages;
  const { thresholdCurve: curve, threshold: chosen } = report;
  if (curve.length === 0) return null;
  const isChosen = ({ threshold }: ThresholdPoint) => Math.abs(threshold - chosen) < 1e-9;
  const figure = (value: number | null) => (value === null ? <span aria-label={result.blank}>–</span> : format.decimal(value, 2));
  const heads = words.thresholdHeads;
  return (
    <section className="stack-small">
      <ChartOrTable
        caption={words.thresholds}
        chart={<ThresholdChart curve={curve} chosen={chosen} />}
        table={
          <>
            <OpenableTable
              name={words.thresholds}
              heads={[heads.threshold, heads.precision, heads.recall, heads.microF1, heads.changed]}
              rows={curve
                .filter((point) => isChosen(point) || Math.round(point.threshold * 100) % tableStep === 0)
                .map((point) => {
                  const changed = changedRows(report, point.threshold);
                  const shown = format.percent(point.threshold);
                  return {
                    key: point.threshold,
                    name: isChosen(point) ? `${shown} (${words.isSet})` : shown,
                    marked: isChosen(point),
                    cells: [figure(point.precision), figure(point.recall), figure(point.microF1), format.number(changed.length)],
                    onOpen: changed.length > 0 ? () => openRows({ predictions: changed, words: (speech) => speech.messages.charts.thresholdRows(speech.format.percent(point.threshold)) }) : undefined,
                  };
                })}
            />
            <p className="small muted">{words.thresholdChanged}</p>
          </>
        }
      />
      <p className="small muted">{words.thresholdNote}</p>
    </section>
  );
}
