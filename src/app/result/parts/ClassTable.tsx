import { useState } from 'react';
import type { ClassScore } from '../../../domain';
import { Breakable } from '../../components/Breakable';
import { Button } from '../../components/Button';
import { visibleText } from '../../visibleText';
import { useSpeech } from '../speech';

const shownAtFirst = 12;

interface Props {
  classes: readonly ClassScore[];
  /** What is counted: rows with a label, or spans of a type. */
  of?: 'rows' | 'spans';
  /** Opens a label's rows. */
  onOpen: (label: string) => void;
}

/** Precision, recall and F1 of each label or type; one without test rows has no figures, not zeros. */
export function ClassTable({ classes, of = 'rows', onOpen }: Props) {
  const { messages, format } = useSpeech();
  const [all, setAll] = useState(false);
  const { result: words, reports, app } = messages;
  const names = of === 'rows' ? { title: words.perLabel, label: words.label, support: words.support, note: words.perLabelNote } : reports.perType;
  const figure = (value: number | null) =>
    value === null ? (
      <>
        <span aria-hidden="true">–</span>
        <span className="hidden">{words.blank}</span>
      </>
    ) : (
      format.decimal(value, 2)
    );
  // Weakest labels first where there are many: those are what a person looks for.
  const many = classes.length > shownAtFirst;
  const sorted = many ? [...classes].sort((left, right) => (left.f1 ?? 2) - (right.f1 ?? 2)) : classes;
  const shown = many && !all ? sorted.slice(0, shownAtFirst) : sorted;
  const unseen = classes.filter(({ support }) => support === 0).map(({ label }) => visibleText(label));

  return (
    <section className="stack-small">
      <h3 className="part-title">{names.title}</h3>
      <div className={`table-scroll${many && all ? '' : ' table-whole'}`} tabIndex={0} role="region" aria-label={names.title}>
        <table className="table table-figures">
          <thead>
            <tr>
              <th scope="col">{names.label}</th>
              <th scope="col">{words.precision}</th>
              <th scope="col">{words.recall}</th>
              <th scope="col">{words.f1}</th>
              <th scope="col">{names.support}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ label, precision, recall, f1, support }) => (
              <tr key={label}>
                <th scope="row">
                  <button type="button" className="row-open" title={reports.seeRowsOf(visibleText(label))} onClick={() => onOpen(label)}>
                    <Breakable>{label}</Breakable>
                  </button>
                </th>
                <td>{figure(precision)}</td>
                <td>{figure(recall)}</td>
                <td>{figure(f1)}</td>
                <td>{format.number(support)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {many && (
        <Button look="text" onClick={() => setAll(!all)}>
          {all ? app.showFewer : app.showAll(classes.length)}
        </Button>
      )}
      <p className="small muted">
        {messages.device.join([names.note, reports.openNote])}
      </p>
      {unseen.length > 0 && <p className="small muted">{words.unseen(unseen.slice(0, 20))}</p>}
    </section>
  );
}
