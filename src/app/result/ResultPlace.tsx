import { Place } from '../components/Place';
import { useMessages } from '../messages';
import { useRun } from '../store/run';
import { ClassTable } from './ClassTable';
import { Confusion } from './Confusion';
import { DownloadModel } from './DownloadModel';
import { MetricList } from './MetricList';
import { PredictionsDownload } from './PredictionsDownload';
import { summaryOf } from './summary';
import { TryBox } from './TryBox';
import { Verdict } from './Verdict';
import { WrongRows } from './WrongRows';

export function ResultPlace({ current }: { current: boolean }) {
  const messages = useMessages();
  const { view, training } = useRun();
  const { report } = view;
  const sentence = report ? summaryOf(report, messages) : messages.result.empty;
  return (
    <Place name="result" number={3} ready={report !== null && !training} current={current} sentence={sentence}>
      {report && report.task !== 'single-label-classification' && (
        <>
          <MetricList report={report} />
          <DownloadModel report={report} />
        </>
      )}
      {report?.task === 'single-label-classification' && (
        <>
          <Verdict report={report} />
          <DownloadModel report={report} />
          <TryBox labels={report.labels} />
          <Confusion report={report} />
          <WrongRows report={report} />
          <ClassTable report={report} />
          <PredictionsDownload report={report} />
        </>
      )}
    </Place>
  );
}
