import type { CalibrationBin, MultiLabelReport } from '../../../domain';
import { binRange, CalibrationPart } from '../parts/CalibrationPart';
import { ClassTable } from '../parts/ClassTable';
import { wrongFirst } from '../parts/ordering';
import { WrongRows } from '../parts/WrongRows';
import { useOpenRows } from '../rows/openRows';
import type { Speech } from '../speech';
import { ThresholdPart } from './ThresholdPart';

export function MultiLabelDetails({ report }: { report: MultiLabelReport }) {
  const openRows = useOpenRows();
  const { labels, predictions } = report;
  const openLabel = (name: string) => {
    const id = labels.indexOf(name);
    const own = predictions.filter(({ label, predicted }) => label.includes(id) || predicted.includes(id));
    const sorted = wrongFirst(own, ({ label, predicted }) => label.includes(id) === predicted.includes(id));
    openRows({
      predictions: sorted,
      words: ({ messages, format }) => ({
        ...messages.reports.labelRows(name),
        scores: { name: messages.result.score, texts: sorted.map((one) => format.percent(one.scores[id] ?? 0)) },
      }),
    });
  };
  const openBin = (bin: CalibrationBin) => {
    const { from, to } = bin;
    const inBin = (score: number | undefined) => score !== undefined && score > from && score <= to;
    const own = predictions.filter(({ scores }) => scores.some(inBin));
    const textOf = (scores: readonly number[], { format }: Speech) =>
      labels.flatMap((name, id) => (inBin(scores[id]) ? [`${name} ${format.percent(scores[id] ?? 0)}`] : [])).join(', ');
    openRows({
      predictions: own,
      words: (speech) => ({
        title: speech.messages.charts.binRows(binRange(bin, speech)).title,
        scores: { name: speech.messages.result.score, texts: own.map(({ scores }) => textOf(scores, speech)) },
      }),
    });
  };
  return (
    <>
      <ClassTable classes={report.classes} onOpen={openLabel} />
      <WrongRows report={report} />
      <ThresholdPart report={report} />
      <CalibrationPart kind="labels" calibration={report.calibration} onOpen={openBin} />
    </>
  );
}
