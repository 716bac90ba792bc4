import { useState } from 'react';
import type { LabelCount } from '../../domain';
import { Breakable } from '../components/Breakable';
import { Button } from '../components/Button';
import { useFormat, useMessages } from '../messages';

const shownAtFirst = 10;
const totalOf = ({ train, validation, test }: LabelCount) => train + validation + test;

/** Rows per label: a chart for the eye and a table for a screen reader, in one. */
export function LabelBars({ labels }: { labels: readonly LabelCount[] }) {
  const messages = useMessages();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const sorted = [...labels].sort((left, right) => totalOf(right) - totalOf(left));
  const most = Math.max(1, ...sorted.map(totalOf));
  const hasLong = sorted.some(({ label }) => label.length > 14);
  const many = sorted.length > shownAtFirst + 2;
  const shown = many && !all ? sorted.slice(0, shownAtFirst) : sorted;
  return (
    <div className="label-bars">
      <table className={`bars${hasLong ? ' bars-long' : ''}`}>
        <caption className="hidden">{messages.data.labels}</caption>
        <thead className="hidden">
          <tr>
            <th scope="col">{messages.data.label}</th>
            <th scope="col">{messages.data.rows}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((count) => (
            <tr key={count.label} title={messages.data.labelSides(count.train, count.validation, count.test)}>
              <th scope="row" className="bars-name">
                <Breakable>{count.label}</Breakable>
              </th>
              <td className="bars-cell">
                <span className="bars-track" aria-hidden="true">
                  <span className="bars-bar" style={{ width: `${(totalOf(count) / most) * 100}%` }} />
                </span>
                <span className="bars-figure figure">{format.number(totalOf(count))}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {many && (
        <Button look="text" onClick={() => setAll(!all)}>
          {all ? messages.app.showFewer : messages.app.showAll(sorted.length)}
        </Button>
      )}
    </div>
  );
}
