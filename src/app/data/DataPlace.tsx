import { importFile } from '../actions/importData';
import { FileButton } from '../components/FileButton';
import { Place } from '../components/Place';
import { FixBar } from '../fix/FixBar';
import { Suspects } from '../fix/Suspects';
import { useMessages } from '../messages';
import { useProject } from '../store/project';
import { useRun } from '../store/run';
import { visibleText } from '../visibleText';
import { ColumnChoice } from './ColumnChoice';
import { DataTrouble } from './DataTrouble';
import { EncodingChoice } from './EncodingChoice';
import { Findings } from './Findings';
import { ImportProgress } from './ImportProgress';
import { ImportTrouble } from './ImportTrouble';
import { LabelBars } from './LabelBars';
import { Notices } from './Notices';
import { Preview } from './Preview';
import { RareLabels } from './RareLabels';
import { ReadAs } from './ReadAs';
import { SetAside } from './SetAside';
import { SplitChoice } from './SplitChoice';
import { TestSet } from './TestSet';

export function DataPlace({ current }: { current: boolean }) {
  const messages = useMessages();
  const { table, counts, importing, ownership, preparing } = useProject();
  const training = useRun((state) => state.training);
  if (!table) return null;
  const locked = ownership !== 'owner' || training;
  const headline = counts
    ? messages.data.summary(counts.rows.used, counts.labels.length)
    : messages.data.summaryRows(table.rowsInFile);
  return (
    <Place name="data" number={1} ready current={current} sentence={headline}>
      <ImportTrouble />
      {importing && <ImportProgress />}
      <div className="headline">
        <h3 className="headline-main">{headline}</h3>
        <p className="muted small" aria-busy={preparing}>
          {counts && messages.data.sides(counts.rows.train, counts.rows.validation, counts.rows.test)}
        </p>
        <p className="muted small break">{messages.data.file(visibleText(table.fileName), table.fileBytes)}</p>
      </div>
      <DataTrouble locked={locked} />
      <EncodingChoice locked={locked} />
      {counts && counts.labels.length > 0 && <LabelBars labels={counts.labels} />}
      <Findings locked={locked} />
      <Suspects locked={locked} />
      <FixBar />
      <div className="fields">
        <ColumnChoice locked={locked} />
        <ReadAs locked={locked} />
        <TestSet locked={locked} />
        <SplitChoice locked={locked} key={table.fileName} />
      </div>
      <RareLabels locked={locked} />
      <Notices locked={locked} />
      <SetAside locked={locked} />
      <Preview />
      <div className="card-actions">
        <FileButton look="text" disabled={locked} onFile={(file) => void importFile(file, 'data')}>
          {messages.data.another}
        </FileButton>
      </div>
    </Place>
  );
}
