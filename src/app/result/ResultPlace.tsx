import { Place } from '../components/Place';
import { OlderReport } from '../fix/OlderReport';
import { useRun } from '../store/run';
import { DownloadModel } from './DownloadModel';
import { Headline } from './parts/Headline';
import { PredictionsDownload } from './PredictionsDownload';
import { detailsOf } from './reportDetails';
import { RowsOpener } from './rows/RowsOpener';
import { useSpeech } from './speech';
import { summaryOf } from './summary';
import { TryBox } from './tryIt/TryBox';

export function ResultPlace({ current }: { current: boolean }) {
  const speech = useSpeech();
  const { view, training } = useRun();
  const { report, runId } = view;
  const sentence = report ? summaryOf(report, speech) : speech.messages.result.empty;
  const Details = report && detailsOf(report);
  return (
    <Place name="result" number={3} ready={report !== null && !training} current={current} sentence={sentence}>
      <OlderReport />
      {report && Details && (
        <RowsOpener key={runId} report={report}>
          <Headline report={report} />
          <DownloadModel report={report} />
          <TryBox report={report} />
          <Details report={report} />
          <PredictionsDownload report={report} />
        </RowsOpener>
      )}
    </Place>
  );
}
