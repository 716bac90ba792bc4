import { lazy, Suspense, useState } from 'react';
import type { TableRow, TableSummary } from '../../workers';
import { namedLabels, withFixes } from '../fix/fixedRow';
import { useMessages } from '../messages';
import { useLayout } from '../store/layout';
import { useProject } from '../store/project';
import { useRowWindow } from './useRowWindow';
import { VirtualTable } from './VirtualTable';

const RowDialog = lazy(() => import('./RowDialog'));

interface Props {
  table: TableSummary;
  which: 'data' | 'test';
}

function PreviewTable({ table, which }: Props) {
  const messages = useMessages();
  const wide = useLayout((state) => state.wide === 'data');
  const recipe = useProject((state) => state.recipe);
  const { rowAt: rowInFile, show } = useRowWindow(which, table);
  const [opened, setOpened] = useState<TableRow | null>(null);

  const rowAt = (index: number): TableRow | null => {
    const row = rowInFile(index);
    return row && withFixes(row, which, table.columns, recipe?.data.fixes ?? []);
  };
  const text = table.columns.indexOf(recipe?.data.textColumn ?? table.guess.textColumn ?? '');
  const label = table.columns.indexOf(recipe?.data.labelColumn ?? table.guess.labelColumn ?? '');
  const chosen = [text, label].filter((index) => index >= 0);
  // Text and label come first; the other columns have room when the place is wide.
  const others = table.columns.map((_, index) => index).filter((index) => !chosen.includes(index));
  const places = wide || chosen.length < 2 ? [...chosen, ...others].slice(0, 12) : chosen;
  // Several columns of 0 and 1 have no room here: their names stand in one.
  const several = wide ? undefined : recipe?.data.labelColumns;
  const columnNames = several ? [table.columns[text] ?? '', messages.fixes.labels] : places.map((place) => table.columns[place] ?? '');
  const template = `${wide ? 64 : 40}px ${places.map((place) => `minmax(0, ${place === text ? (wide ? 5 : 3) : 2}fr)`).join(' ')}`;
  const name = which === 'data' ? messages.data.preview : messages.data.previewTest;

  return (
    <div className="stack-small">
      <h3 className="part-title">{name}</h3>
      <VirtualTable
        name={name}
        columns={[messages.data.row, ...columnNames]}
        template={template}
        total={table.rows}
        height={wide ? 480 : 256}
        loading="…"
        cellsOf={(index) => {
          const row = rowAt(index);
          if (row === null) return null;
          if (several) return [String(row.row), row.cells[text] ?? '', namedLabels(row.cells, table.columns, several, messages.fixes.noLabel)];
          return [String(row.row), ...places.map((place) => row.cells[place] ?? '')];
        }}
        onFirstRow={show}
        rowButton={(index, shown) => {
          const row = rowAt(index);
          return (
            <button
              type="button"
              className="row-open"
              aria-label={messages.data.openRow(row?.row ?? 0)}
              onClick={() => setOpened(rowInFile(index))}
            >
              {shown}
            </button>
          );
        }}
      />
      {opened && (
        <Suspense fallback={null}>
          <RowDialog row={opened} table={which} columns={table.columns} onClose={() => setOpened(null)} />
        </Suspense>
      )}
    </div>
  );
}

export function Preview() {
  const { table, testTable } = useProject();
  return (
    <>
      {table && <PreviewTable table={table} which="data" />}
      {testTable && <PreviewTable table={testTable} which="test" />}
    </>
  );
}
