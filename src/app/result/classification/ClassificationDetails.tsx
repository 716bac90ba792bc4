import type { CalibrationBin, ClassificationReport } from '../../../domain';
import { CalibrationPart } from '../parts/CalibrationPart';
import { ClassTable } from '../parts/ClassTable';
import { wrongFirst } from '../parts/ordering';
import { WrongRows } from '../parts/WrongRows';
import { useOpenRows } from '../rows/openRows';
import { useSpeech } from '../speech';
import { Confusion } from './Confusion';

export function ClassificationDetails({ report }: { report: ClassificationReport }) {
  const { messages } = useSpeech();
  const openRows = useOpenRows();
  const { labels, predictions } = report;
  const openLabel = (name: string) => {
    const label = labels.indexOf(name);
    const own = predictions.filter((one) => one.label === label || one.predicted === label);
    openRows({ ...messages.reports.labelRows(name), predictions: wrongFirst(own, (one) => one.label === one.predicted) });
  };
  const openBin = ({ from, to }: CalibrationBin, range: string) => {
    const own = predictions.filter(({ scores, predicted }) => (scores[predicted] ?? 0) > from && (scores[predicted] ?? 0) <= to);
    openRows({ ...messages.charts.binRows(range), predictions: wrongFirst(own, (one) => one.label === one.predicted) });
  };
  return (
    <>
      <Confusion report={report} />
      <WrongRows report={report} />
      <ClassTable classes={report.classes} onOpen={openLabel} />
      <CalibrationPart kind="class" calibration={report.calibration} onOpen={openBin} />
    </>
  );
}

