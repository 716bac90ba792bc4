import { useState } from 'react';
import type { ClassificationReport } from '../../domain';
import { Breakable } from '../components/Breakable';
import { Button } from '../components/Button';
import { useFormat, useMessages } from '../messages';
import { visibleText } from '../visibleText';

const shownAtFirst = 12;

/** Precision, recall and F1 of each label; a label without test rows has no figures, not zeros. */
export function ClassTable({ report }: { report: ClassificationReport }) {
  const messages = useMessages();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const words = messages.result;
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
  const many = report.classes.length > shownAtFirst;
  const sorted = many ? [...report.classes].sort((left, right) => (left.f1 ?? 2) - (right.f1 ?? 2)) : report.classes;
  const shown = many && !all ? sorted.slice(0, shownAtFirst) : sorted;
  const unseen = report.classes.filter(({ support }) => support === 0).map(({ label }) => visibleText(label));

  return (
    <section className="stack-small">
      <h3 className="part-title">{words.perLabel}</h3>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={words.perLabel}>
        <table className="table table-figures">
          <thead>
            <tr>
              <th scope="col">{words.label}</th>
              <th scope="col">{words.precision}</th>
              <th scope="col">{words.recall}</th>
              <th scope="col">{words.f1}</th>
              <th scope="col">{words.support}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ label, precision, recall, f1, support }) => (
              <tr key={label}>
                <th scope="row">
                  <Breakable>{label}</Breakable>
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
          {all ? messages.app.showFewer : messages.app.showAll(report.classes.length)}
        </Button>
      )}
      <p className="small muted">{words.perLabelNote}</p>
      {unseen.length > 0 && <p className="small muted">{words.unseen(unseen.slice(0, 20))}</p>}
    </section>
  );
}
