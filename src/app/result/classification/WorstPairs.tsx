import { useState } from 'react';
import type { ClassificationReport } from '../../../domain';
import { Breakable } from '../../components/Breakable';
import { Button } from '../../components/Button';
import { useFormat, useMessages } from '../../messages';

const shownAtFirst = 8;

export function WorstPairs({ report, onOpen }: { report: ClassificationReport; onOpen: (label: number, predicted: number) => void }) {
  const messages = useMessages();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const pairs = report.worstPairs;
  if (pairs.length === 0) return <p>{messages.result.noWrong}</p>;
  const shown = all ? pairs : pairs.slice(0, shownAtFirst);
  return (
    <>
      <ul className="plain-list pairs">
        {shown.map(({ label, predicted, rows }) => (
          <li key={`${label}-${predicted}`}>
            <button type="button" className="pair" onClick={() => onOpen(label, predicted)}>
              <span>
                <Breakable>{messages.result.pair(report.labels[label] ?? '', report.labels[predicted] ?? '')}</Breakable>
              </span>
              <span className="figure muted">{format.number(rows)}</span>
            </button>
          </li>
        ))}
      </ul>
      {pairs.length > shownAtFirst && (
        <Button look="text" onClick={() => setAll(!all)}>
          {all ? messages.app.showFewer : messages.app.showAll(pairs.length)}
        </Button>
      )}
    </>
  );
}
