import { useId, useState } from 'react';
import { dateOrders, type SplitBy, type SplitFacts } from '../../domain';
import { changeRecipe } from '../actions/prepare';
import { Button } from '../components/Button';
import { SelectField } from '../components/SelectField';
import { useFormat, useMessages, type Messages } from '../messages';
import type { SplitKind } from '../messages/splitEn';
import { useProject } from '../store/project';
import { visibleText } from '../visibleText';

const kinds: readonly SplitKind[] = ['labels', 'group', 'time', 'side'];

/** No column decides where `by` is null. */
function partBy(by: SplitBy | null): void {
  changeRecipe((recipe) => {
    const { by: before, ...split } = recipe.split;
    void before;
    return { ...recipe, split: { ...split, ...(by && { by }) } };
  });
}

/** What came of it, in one sentence. */
function outcome(facts: SplitFacts, words: Messages['split'], date: (time: number) => string): string | null {
  switch (facts.kind) {
    case 'group':
      return words.groups(facts.groups);
    case 'time': {
      const { validation, test } = facts.from;
      return words.from(validation === null ? null : date(validation), test === null ? null : date(test));
    }
    case 'side':
      return facts.splitOff.length > 0 ? words.splitOff(facts.splitOff) : null;
  }
}

/** How the rows become the sides: a sentence for each way, the column that decides, and what came of it. */
export function SplitChoice({ locked }: { locked: boolean }) {
  const messages = useMessages();
  const { date } = useFormat();
  const explained = useId();
  const { table, recipe, counts } = useProject();
  /** Chosen before its column is. */
  const [pending, setPending] = useState<SplitKind | null>(null);
  if (!table || !recipe) return null;
  const words = messages.split;
  const { by } = recipe.split;
  const kind: SplitKind = pending ?? by?.kind ?? 'labels';
  const proposed = table.guess.splitColumns;
  const facts = by && counts?.split?.kind === by.kind ? counts.split : null;
  const copies = counts?.setAside.filter(({ reason }) => reason === 'copy-elsewhere').length ?? 0;
  const said = messages.device.join([facts && outcome(facts, words, date), copies > 0 ? words.copies(copies) : null]);

  const choose = (chosen: SplitKind): void => {
    const column = chosen === 'labels' ? null : proposed[chosen];
    setPending(chosen === 'labels' || column !== null ? null : chosen);
    if (chosen === 'labels') partBy(null);
    else if (column !== null) partBy({ kind: chosen, column });
  };
  const chooseColumn = (column: string): void => {
    if (kind === 'labels') return;
    setPending(null);
    partBy({ kind, column });
  };

  return (
    <>
      {by === undefined && proposed.side !== null && (
        <div className="card card-notice small">
          <p className="break">{words.proposed(visibleText(proposed.side))}</p>
          <div className="card-actions">
            <Button disabled={locked} onClick={() => choose('side')}>
              {words.useIt}
            </Button>
          </div>
        </div>
      )}
      <details className="more" data-split={kind}>
        <summary className="field-line">
          <span>{words.heading}</span>
          <span className="field-value">{words.kinds[kind]}</span>
        </summary>
        <div className="more-body">
          <SelectField
            label={words.way}
            value={kind}
            options={kinds.map((value) => ({ value, name: words.kinds[value] }))}
            disabled={locked}
            describedBy={explained}
            onChange={choose}
          />
          <p className="small muted" id={explained}>
            {words.explained[kind]}
          </p>
          {kind !== 'labels' && (
            <SelectField
              label={words.column}
              value={pending === null ? (by?.column ?? '') : ''}
              options={table.columns.map((column) => ({ value: column, name: visibleText(column) }))}
              disabled={locked}
              placeholder={words.chooseColumn}
              onChange={chooseColumn}
            />
          )}
          {pending === null && by?.kind === 'time' && facts?.kind === 'time' && facts.dateOrder !== null && (
            <>
              <SelectField
                label={words.dateOrder}
                value={by.dateOrder ?? facts.dateOrder}
                options={dateOrders.map((value) => ({ value, name: words.dateOrders[value] }))}
                disabled={locked}
                onChange={(dateOrder) => partBy({ ...by, dateOrder })}
              />
              {facts.ambiguous && <p className="small muted">{words.ambiguous}</p>}
            </>
          )}
          {pending === null && said !== '' && (
            <p className="small" data-split-outcome>
              {said}
            </p>
          )}
        </div>
      </details>
    </>
  );
}
