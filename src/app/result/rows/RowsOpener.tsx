import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { Report } from '../../../domain';
import { OpenRows, type OpenedRows } from './openRows';

const RowsDialog = lazy(() => import('./RowsDialog'));

/** Around everything that can open rows: holds the one dialog that shows them. */
export function RowsOpener({ report, children }: { report: Report; children: ReactNode }) {
  const [opened, setOpened] = useState<OpenedRows | null>(null);
  return (
    <OpenRows value={setOpened}>
      {children}
      {opened && (
        <Suspense fallback={null}>
          <RowsDialog report={report} opened={opened} onClose={() => setOpened(null)} />
        </Suspense>
      )}
    </OpenRows>
  );
}
