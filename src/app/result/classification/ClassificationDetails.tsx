import type { CalibrationBin, ClassificationReport } from '../../../domain';
import { binRange, CalibrationPart } from '../parts/CalibrationPart';
import { ClassTable } from '../parts/ClassTable';
import { wrongFirst } from '../parts/ordering';
import { WrongRows } from '../parts/WrongRows';
import { useOpenRows } from '../rows/openRows';
import { Confusion } from './Confusion';

export function ClassificationDetails({ report }: { report: ClassificationReport }) {
  const openRows = useOpenRows();
  const { labels, predictions } = report;
  const openLabel = (name: string) => {
    const label = labels.indexOf(name);
    const own = predictions.filter((one) => one.label === label || one.predicted === label);
    openRows({ predictions: wrongFirst(own, (one) => one.label === one.predicted), words: ({ messages }) => messages.reports.labelRows(name) });
  };
  const openBin = (bin: CalibrationBin) => {
    const { from, to } = bin;
    const own = predictions.filter(({ scores, predicted }) => (scores[predicted] ?? 0) > from && (scores[predicted] ?? 0) <= to);
    openRows({ predictions: wrongFirst(own, (one) => one.label === one.predicted), words: (speech) => speech.messages.charts.binRows(binRange(bin, speech)) });
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

