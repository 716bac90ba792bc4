import { useState } from 'react';
import type { Finding, FindingRow } from '../../domain';
import type { TableRow } from '../../workers';
import { fetchRow } from '../actions/doctor';
import { ModalDialog } from '../components/ModalDialog';
import { FixBar } from '../fix/FixBar';
import { fixedCell } from '../fix/fixedRow';
import { useMessages } from '../messages';
import { useProject } from '../store/project';
import RowDialog from './RowDialog';
import { VirtualTable } from './VirtualTable';

interface Props {
  finding: Finding;
  sentence: string;
  onClose: () => void;
}

/** The rows of a finding, as a table; a row opens whole, except where its text holds what looks personal. */
export default function FindingDialog({ finding, sentence, onClose }: Props) {
  const messages = useMessages();
  const words = messages.doctor;
  const { table, testTable, recipe } = useProject();
  const [opened, setOpened] = useState<{ row: TableRow; file: FindingRow['file'] } | null>(null);
  const { examples, rows } = finding;
  const personal = finding.id === 'personal-data';
  const isPair = examples.some(({ textPair }) => textPair !== undefined);
  const hasTestFile = examples.some(({ file }) => file === 'test');
  const columns = [messages.data.row, ...(hasTestFile ? [words.file] : []), messages.data.labelColumn, messages.data.textColumn, ...(isPair ? [words.secondText] : [])];

  // Where each label has a column, no one cell says what the list says.
  const column = recipe && !recipe.data.labelColumns ? recipe.data.labelColumn : null;
  const labelOf = (example: FindingRow): string => (column !== null && fixedCell(example, column, recipe?.data.fixes ?? [])) || example.label;
  const open = async ({ file, row }: FindingRow) => {
    const whole = await fetchRow(file, row);
    if (whole) setOpened({ row: whole, file });
  };

  return (
    <>
      <ModalDialog title={words.rowsHeading} onClose={onClose}>
        <p className="small break">{sentence}</p>
        {rows > examples.length && <p className="small muted">{words.shownOf(examples.length, rows)}</p>}
        {personal && <p className="small muted">{words.masked}</p>}
        <FixBar onTrain={onClose} />
        <VirtualTable
          name={words.rowsHeading}
          columns={columns}
          template={`56px ${hasTestFile ? '56px ' : ''}minmax(72px, 1fr) minmax(0, 3fr)${isPair ? ' minmax(0, 3fr)' : ''}`}
          total={examples.length}
          height={420}
          cellsOf={(index) => {
            const example = examples[index];
            return example ? [String(example.row), ...(hasTestFile ? [words.files[example.file]] : []), labelOf(example), example.text, ...(isPair ? [example.textPair ?? ''] : [])] : null;
          }}
          {...(!personal && {
            rowButton: (index: number, shown: string) => {
              const example = examples[index];
              return (
                <button
                  type="button"
                  className="row-open"
                  aria-label={messages.data.openRow(example?.row ?? 0)}
                  onClick={() => example && void open(example)}
                >
                  {shown}
                </button>
              );
            },
          })}
        />
      </ModalDialog>
      {opened && (
        <RowDialog
          row={opened.row}
          table={opened.file}
          columns={(opened.file === 'test' ? testTable : table)?.columns ?? []}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}
