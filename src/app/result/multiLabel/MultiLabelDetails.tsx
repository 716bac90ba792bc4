import type { CalibrationBin, MultiLabelReport } from '../../../domain';
import { CalibrationPart } from '../parts/CalibrationPart';
import { ClassTable } from '../parts/ClassTable';
import { wrongFirst } from '../parts/ordering';
import { WrongRows } from '../parts/WrongRows';
import { useOpenRows } from '../rows/openRows';
import { useSpeech } from '../speech';
import { ThresholdPart } from './ThresholdPart';

export function MultiLabelDetails({ report }: { report: MultiLabelReport }) {
  const { messages, format } = useSpeech();
  const openRows = useOpenRows();
  const { labels, predictions } = report;
  const openLabel = (name: string) => {
    const id = labels.indexOf(name);
    const own = predictions.filter(({ label, predicted }) => label.includes(id) || predicted.includes(id));
    const sorted = wrongFirst(own, ({ label, predicted }) => label.includes(id) === predicted.includes(id));
    const scores = { name: messages.result.score, texts: sorted.map((one) => format.percent(one.scores[id] ?? 0)) };
    openRows({ ...messages.reports.labelRows(name), predictions: sorted, scores });
  };
  const openBin = ({ from, to }: CalibrationBin, range: string) => {
    const inBin = (score: number | undefined) => score !== undefined && score > from && score <= to;
    const own = predictions.filter(({ scores }) => scores.some(inBin));
    const texts = own.map(({ scores }) => labels.flatMap((name, id) => (inBin(scores[id]) ? [`${name} ${format.percent(scores[id] ?? 0)}`] : [])).join(', '));
    openRows({ title: messages.charts.binRows(range).title, predictions: own, scores: { name: messages.result.score, texts } });
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
