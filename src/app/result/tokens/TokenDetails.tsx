import type { TokenReport } from '../../../domain';
import { CalibrationPart } from '../parts/CalibrationPart';
import { ClassTable } from '../parts/ClassTable';
import { wrongFirst } from '../parts/ordering';
import { useOpenRows } from '../rows/openRows';
import { useSpeech } from '../speech';
import { MarkedRows } from './MarkedRows';
import { countSpans, wrongSpans } from './spanCounts';

export function TokenDetails({ report }: { report: TokenReport }) {
  const { messages } = useSpeech();
  const openRows = useOpenRows();
  const { predictions } = report;
  const openType = (type: string) => {
    const counted = predictions.map((prediction) => ({ prediction, counts: countSpans(report, prediction, type) }));
    const own = counted.filter(({ counts }) => counts.truth + counts.found > 0);
    const sorted = wrongFirst(own, ({ counts }) => wrongSpans(counts) === 0);
    const scores = { name: messages.reports.wholeAndRight, texts: sorted.map(({ counts }) => messages.reports.rightOf(counts.right, counts.truth)) };
    openRows({ ...messages.reports.labelRows(type), predictions: sorted.map(({ prediction }) => prediction), scores });
  };
  return (
    <>
      <MarkedRows report={report} />
      <ClassTable classes={report.classes} of="spans" onOpen={openType} />
      <CalibrationPart kind="tokens" calibration={report.calibration} />
    </>
  );
}
