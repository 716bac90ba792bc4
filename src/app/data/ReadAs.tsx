import { encodingNames, type Delimiter } from '../../domain';
import { importFile, readAgain } from '../actions/importData';
import { FileButton } from '../components/FileButton';
import { SelectField } from '../components/SelectField';
import { useMessages } from '../messages';
import { useProject } from '../store/project';

const delimiters: readonly Delimiter[] = [',', '\t', ';', '|'];

/** How the file was read: one line while it is right, three choices when opened. */
export function ReadAs({ locked }: { locked: boolean }) {
  const messages = useMessages();
  const { table, opened } = useProject();
  if (!table) return null;
  const { encoding, delimiter, hasHeader } = table.dialect;
  const hasFile = opened.data !== null;
  const disabled = locked || !hasFile;
  const words = messages.data;
  return (
    <details className="more">
      <summary className="field-line">
        <span>{words.readAs}</span>
        <span className="field-value">{words.readAsSummary(words.encodings[encoding], words.delimiters[delimiter])}</span>
      </summary>
      <div className="more-body">
        {!hasFile && !locked && (
          <p className="small muted">
            {words.needsFile}{' '}
            <FileButton look="text" onFile={(file) => void importFile(file, 'data')}>
              {words.chooseAgain}
            </FileButton>
          </p>
        )}
        <SelectField
          label={words.encoding}
          value={encoding}
          disabled={disabled}
          options={encodingNames.map((value) => ({ value, name: words.encodings[value] }))}
          onChange={(value) => void readAgain('data', { encoding: value })}
        />
        <SelectField
          label={words.delimiter}
          value={delimiter}
          disabled={disabled}
          options={delimiters.map((value) => ({ value, name: words.delimiters[value] }))}
          onChange={(value) => void readAgain('data', { delimiter: value })}
        />
        <SelectField
          label={words.header}
          value={hasHeader ? 'yes' : 'no'}
          disabled={disabled}
          options={[
            { value: 'yes', name: words.headerYes },
            { value: 'no', name: words.headerNo },
          ]}
          onChange={(value) => void readAgain('data', { hasHeader: value === 'yes' })}
        />
      </div>
    </details>
  );
}
