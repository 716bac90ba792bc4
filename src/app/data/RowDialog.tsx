import type { RowPlace } from '../../domain';
import type { TableRow } from '../../workers';
import { ModalDialog } from '../components/ModalDialog';
import { FixBar } from '../fix/FixBar';
import { namedLabels, withFixes } from '../fix/fixedRow';
import { LabelFixer } from '../fix/LabelFixer';
import { useMessages } from '../messages';
import { useProject } from '../store/project';
import { visibleText } from '../visibleText';

interface Props {
  row: TableRow;
  table: RowPlace['file'];
  columns: readonly string[];
  onClose: () => void;
}

/** One row with its whole cells, as text; its label can be put right. */
export default function RowDialog({ row, table, columns, onClose }: Props) {
  const messages = useMessages();
  const recipe = useProject((state) => state.recipe);
  const { cells } = withFixes(row, table, columns, recipe?.data.fixes ?? []);
  const targets = recipe ? (recipe.data.labelColumns ?? [recipe.data.labelColumn]) : [];
  const isTarget = (column: string) => targets.length === 1 && column === targets[0];
  // One column a label would be many lines that say yes or no: one line names those that say yes.
  const isOneOfMany = (column: string) => targets.length > 1 && targets.includes(column);
  return (
    <ModalDialog title={messages.data.rowHeading(row.row)} onClose={onClose}>
      <dl className="whole-row">
        {columns.map((column, index) =>
          isOneOfMany(column) ? null : (
            <div key={index}>
              <dt className="muted small">{visibleText(column)}</dt>
              <dd className="whole-cell">
                {isTarget(column) ? (
                  <LabelFixer table={table} row={row.row}>
                    {visibleText(cells[index] ?? '')}
                  </LabelFixer>
                ) : (
                  visibleText(cells[index] ?? '')
                )}
              </dd>
            </div>
          ),
        )}
        {targets.length > 1 && (
          <div>
            <dt className="muted small">{messages.fixes.labels}</dt>
            <dd>
              <LabelFixer table={table} row={row.row}>
                {namedLabels(cells, columns, targets, messages.fixes.noLabel)}
              </LabelFixer>
            </dd>
          </div>
        )}
      </dl>
      <FixBar onTrain={onClose} />
    </ModalDialog>
  );
}
