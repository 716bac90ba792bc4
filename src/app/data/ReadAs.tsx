import { encodingNames, readingChoice, type Delimiter, type Dialect } from '../../domain';
import { importFile, readAgain } from '../actions/importData';
import { FileButton } from '../components/FileButton';
import { SelectField } from '../components/SelectField';
import { useMessages, type Messages } from '../messages';
import { useProject } from '../store/project';
import { visibleText } from '../visibleText';

const delimiters: readonly Delimiter[] = [',', '\t', ';', '|'];

type Choice = 'sheet' | 'encoding' | 'delimiter' | 'header';

/** What there is to choose, by a format's id. The packed ones say themselves how they are read. */
const choicesOf: Record<string, readonly Choice[]> = {
  csv: ['encoding', 'delimiter', 'header'],
  xlsx: ['sheet', 'header'],
  parquet: [],
  'text-zip': [],
};
/** Of every other format: it is text. */
const choicesOfText: readonly Choice[] = ['encoding'];

function summaryOf({ data, formats }: Messages, { format = 'csv', encoding, delimiter, sheet, sheets = [] }: Dialect): string {
  if (format === 'csv') return data.readAsSummary(data.encodings[encoding], data.delimiters[delimiter]);
  const names: Record<string, string> = formats.names;
  const parts = [names[format] ?? format];
  if ((choicesOf[format] ?? choicesOfText).includes('encoding')) parts.push(data.encodings[encoding]);
  if (sheet !== undefined && sheets.length > 1) parts.push(formats.sheetNamed(visibleText(sheet)));
  return formats.summary(parts);
}

/** How the file was read: one line while it is right, its format's choices when opened. */
export function ReadAs({ locked }: { locked: boolean }) {
  const messages = useMessages();
  const { table, opened, recipe } = useProject();
  if (!table) return null;
  const { format = 'csv', encoding, delimiter, hasHeader, sheet = '', sheets = [] } = table.dialect;
  const hasFile = opened.data !== null;
  const disabled = locked || !hasFile;
  const words = messages.data;
  const choices = choicesOf[format] ?? choicesOfText;
  const line = (
    <>
      <span>{words.readAs}</span>
      <span className="field-value">{summaryOf(messages, table.dialect)}</span>
    </>
  );
  if (choices.length === 0) return <div className="field-line">{line}</div>;
  return (
    <details className="more">
      <summary className="field-line">{line}</summary>
      <div className="more-body">
        {!hasFile && !locked && (
          <p className="small muted">
            {words.needsFile}{' '}
            <FileButton
              look="text"
              // The same file is first read as it was; another one by its content, also a newer one of that name.
              onFile={(file) => {
                const isSame = file.name === table.fileName && file.size === table.fileBytes;
                void importFile(file, 'data', isSame ? readingChoice(recipe?.data) : {}, isSame);
              }}
            >
              {words.chooseAgain}
            </FileButton>
          </p>
        )}
        {choices.includes('sheet') && sheets.length > 1 && (
          <SelectField
            label={messages.formats.sheet}
            value={sheet}
            disabled={disabled}
            options={sheets.map((value) => ({ value, name: visibleText(value) }))}
            onChange={(value) => void readAgain('data', { sheet: value })}
          />
        )}
        {choices.includes('encoding') && (
          <SelectField
            label={words.encoding}
            value={encoding}
            disabled={disabled}
            options={encodingNames.map((value) => ({ value, name: words.encodings[value] }))}
            onChange={(value) => void readAgain('data', { encoding: value })}
          />
        )}
        {choices.includes('delimiter') && (
          <SelectField
            label={words.delimiter}
            value={delimiter}
            disabled={disabled}
            options={delimiters.map((value) => ({ value, name: words.delimiters[value] }))}
            onChange={(value) => void readAgain('data', { delimiter: value })}
          />
        )}
        {choices.includes('header') && (
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
        )}
      </div>
    </details>
  );
}
