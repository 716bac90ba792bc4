import { importFile, readAgain, removeTestFile } from '../actions/importData';
import { Button } from '../components/Button';
import { FileButton } from '../components/FileButton';
import { SelectField } from '../components/SelectField';
import { useMessages } from '../messages';
import { useProject } from '../store/project';
import { visibleText } from '../visibleText';

export function TestSet({ locked }: { locked: boolean }) {
  const messages = useMessages();
  const { testTable, opened } = useProject();
  const { sheet = '', sheets = [] } = testTable?.dialect ?? {};
  return (
    <details className="more">
      <summary className="field-line">
        <span>{messages.data.testFile}</span>
        <span className="field-value">
          {testTable
            ? messages.data.testFileIs(visibleText(testTable.fileName), testTable.rowsInFile)
            : messages.data.testFromSplit}
        </span>
      </summary>
      <div className="more-body">
        <FileButton disabled={locked} onFile={(file) => void importFile(file, 'test')}>
          {messages.data.useTestFile}
        </FileButton>
        {sheets.length > 1 && (
          <SelectField
            label={messages.formats.sheet}
            value={sheet}
            disabled={locked || opened.test === null}
            options={sheets.map((value) => ({ value, name: visibleText(value) }))}
            onChange={(value) => void readAgain('test', { sheet: value })}
          />
        )}
        {testTable && (
          <Button look="text" disabled={locked} onClick={() => void removeTestFile()}>
            {messages.data.removeTestFile}
          </Button>
        )}
      </div>
    </details>
  );
}
