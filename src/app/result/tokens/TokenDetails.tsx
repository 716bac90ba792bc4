import type { TokenReport } from '../../../domain';
import { CalibrationPart } from '../parts/CalibrationPart';
import { ClassTable } from '../parts/ClassTable';
import { wrongFirst } from '../parts/ordering';
import { useOpenRows } from '../rows/openRows';
import { MarkedRows } from './MarkedRows';
import { countSpans, wrongSpans } from './spanCounts';

export function TokenDetails({ report }: { report: TokenReport }) {
  const openRows = useOpenRows();
  const { predictions } = report;
  const openType = (type: string) => {
    const counted = predictions.map((prediction) => ({ prediction, counts: countSpans(report, prediction, type) }));
    const own = counted.filter(({ counts }) => counts.truth + counts.found > 0);
    const sorted = wrongFirst(own, ({ counts }) => wrongSpans(counts) === 0);
    openRows({
      predictions: sorted.map(({ prediction }) => prediction),
      words: ({ messages: { reports } }) => ({
        ...reports.labelRows(type),
        scores: { name: reports.wholeAndRight, texts: sorted.map(({ counts }) => reports.rightOf(counts.right, counts.truth)) },
      }),
    });
  };
  return (
    <>
      <MarkedRows report={report} />
      <ClassTable classes={report.classes} of="spans" onOpen={openType} />
      <CalibrationPart kind="tokens" calibration={report.calibration} />
    </>
  );
}
