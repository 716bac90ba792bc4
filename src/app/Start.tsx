import { chosenFolder } from './actions/droppedFolder';
import { importFile, importSample, samples } from './actions/importData';
import { FileButton } from './components/FileButton';
import { FolderButton } from './components/FolderButton';
import { ImportProgress } from './data/ImportProgress';
import { ImportTrouble } from './data/ImportTrouble';
import { PasteButton } from './data/PasteButton';
import { useMessages } from './messages';
import { useProject } from './store/project';
import { Place } from './components/Place';

/** Before there are data: a drop zone and two samples, nothing to configure. */
export function Start() {
  const messages = useMessages();
  const { importing, ownership } = useProject();
  const locked = ownership !== 'owner';
  return (
    <div className="start">
      <h2 className="start-heading">{messages.start.heading}</h2>
      <p className="start-lead">{messages.start.lead}</p>
      <ImportTrouble />
      <div className="drop" data-busy={importing !== null}>
        {importing ? (
          <ImportProgress />
        ) : (
          <>
            <p className="drop-title">{messages.formats.drop}</p>
            <p className="drop-kinds muted">
              {messages.formats.kinds.map((line) => (
                <span key={line}>{line} </span>
              ))}
            </p>
            <div className="drop-ways">
              <FileButton look="main" disabled={locked} onFile={(file) => void importFile(file, 'data')}>
                {messages.start.choose}
              </FileButton>
              <PasteButton disabled={locked} />
            </div>
            <FolderButton disabled={locked} onFiles={(files) => void importFile(chosenFolder(files), 'data')}>
              {messages.formats.chooseFolder}
            </FolderButton>
          </>
        )}
      </div>
      <p className="start-or">{messages.start.orSample}</p>
      <div className="samples">
        <button type="button" className="sample" lang="en" disabled={locked} onClick={() => void importSample('en')}>
          <strong>{messages.start.sampleEn}</strong>
          <span className="muted">{messages.start.sampleEnNote(samples.en.rows, samples.en.labels)}</span>
        </button>
        <button type="button" className="sample" lang="zh-CN" disabled={locked} onClick={() => void importSample('zh')}>
          <strong>{messages.start.sampleZh}</strong>
          <span className="muted">{messages.start.sampleZhNote(samples.zh.rows, samples.zh.labels)}</span>
        </button>
      </div>
      <div className="start-places">
        <Place name="data" number={1} ready={false} current={false} sentence={messages.start.dataNext}>
          {null}
        </Place>
        <Place name="training" number={2} ready={false} current={false} sentence={messages.start.trainingNext}>
          {null}
        </Place>
        <Place name="result" number={3} ready={false} current={false} sentence={messages.start.resultNext}>
          {null}
        </Place>
      </div>
    </div>
  );
}
