import { lazy, Suspense, useState } from 'react';
import type { SetAsideReason, SetAsideRow } from '../../domain';
import { saveFile } from '../actions/exportModel';
import { readAgain } from '../actions/importData';
import { Button } from '../components/Button';
import { useMessages } from '../messages';
import { setAsideCsv } from '../setAsideCsv';
import { useProject } from '../store/project';

const SetAsideDialog = lazy(() => import('./SetAsideDialog'));

function byReason(rows: readonly SetAsideRow[]): { reason: SetAsideReason; count: number; first: number }[] {
  const groups = new Map<SetAsideReason, { count: number; first: number }>();
  for (const { reason, row } of rows) {
    const group = groups.get(reason);
    if (group) group.count += 1;
    else groups.set(reason, { count: 1, first: row });
  }
  return [...groups].map(([reason, group]) => ({ reason, ...group }));
}

/** Every row of the file is accounted for: used or set aside, each with its reason. */
export function SetAside({ locked }: { locked: boolean }) {
  const messages = useMessages();
  const { counts, table, opened } = useProject();
  const [open, setOpen] = useState(false);
  if (!counts || counts.rows.setAside === 0) return null;
  const { file, used, setAside } = counts.rows;
  const reasons = byReason(counts.setAside);
  const hasRagged = reasons.some(({ reason }) => reason === 'too-few-cells' || reason === 'too-many-cells');

  const download = () => {
    const text = setAsideCsv(counts.setAside, messages.data, messages.data.reasons);
    const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
    saveFile(address, `${(table?.fileName ?? '').replace(/\.\w+$/, '')}-set-aside.csv`);
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  };
  return (
    <section className="card card-quiet small">
      <p>
        <strong>{messages.data.setAside(setAside)}</strong>
      </p>
      <ul className="plain-list">
        {reasons.map(({ reason, count, first }) => (
          <li key={reason}>{messages.data.setAsideReason(messages.data.reasons[reason], count, first)}</li>
        ))}
      </ul>
      <p className="muted">{messages.data.setAsideSum(file, used, setAside)}</p>
      <div className="card-actions">
        <Button onClick={() => setOpen(true)}>{messages.data.seeRows}</Button>
        {hasRagged && opened.data && (
          <Button disabled={locked} onClick={() => void readAgain('data', { raggedRows: 'use' })}>
            {messages.formats.useRagged}
          </Button>
        )}
        <Button look="text" onClick={download}>
          {messages.formats.downloadRows}
        </Button>
      </div>
      {open && (
        <Suspense fallback={null}>
          <SetAsideDialog rows={counts.setAside} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </section>
  );
}
