import { lazy, Suspense, useState } from 'react';
import type { Finding, FindingOf, Mend, MendableId, Recipe } from '../../domain';
import { withMend, withoutMend } from '../actions/doctor';
import { changeRecipe } from '../actions/prepare';
import { Button } from '../components/Button';
import { useMessages, type Messages } from '../messages';
import { useProject } from '../store/project';
import { visibleText } from '../visibleText';

const FindingDialog = lazy(() => import('./FindingDialog'));

const shownAtFirst = 3;
/** Fault 9: so many labels a person still surveys. */
const mostLabelsKept = 50;

/** What one press can mend. Where a side is given, a leak can be taken out of either side. */
function mendsOf(finding: Finding, words: Messages['doctor']): { mend: Mend; name: string }[] {
  switch (finding.id) {
    case 'leaks':
      if (!finding.canMend) return [];
      return (['data', 'test'] as const).map((from) => ({ mend: { finding: 'leaks', from }, name: words.leakFrom[from] }));
    case 'label-like-id':
      if (finding.labels <= mostLabelsKept) return [];
      return [{ mend: { finding: finding.id, keep: mostLabelsKept, other: words.otherLabel }, name: words.keepCommonest(mostLabelsKept) }];
    case 'outliers':
      return [{ mend: { finding: finding.id, from: finding.from, to: finding.to }, name: words.mends.outliers }];
    case 'label-twins':
    case 'conflicts':
    case 'duplicates':
    case 'short-texts':
    case 'personal-data':
    case 'cut-texts':
      return [{ mend: { finding: finding.id }, name: words.mends[finding.id] }];
    default:
      return [];
  }
}

/** The sentence of a finding, with labels and columns as they may be shown. */
function sentenceOf(finding: Finding, words: Messages['doctor']): string {
  // The map ties each id to its facts; a union of ids cannot be looked up without saying so.
  const write = words.findings[finding.id] as (finding: Finding) => string;
  return visibleText(write(finding));
}

/** A change of the base model is no mend of the data: it stands in the recipe's own field. */
function TakeModel({ baseModel, locked }: { baseModel: string; locked: boolean }) {
  const words = useMessages().models;
  return (
    <Button disabled={locked} onClick={() => changeRecipe((before) => ({ ...before, baseModel }))}>
      {words.take(baseModel)}
    </Button>
  );
}

/** Other ways with texts that are cut: settings of the training, no mends of the data. */
function CutTextChoices({ finding, locked }: { finding: FindingOf<'cut-texts'>; locked: boolean }) {
  const words = useMessages().doctor;
  const set = (training: Partial<Recipe['training']>) => changeRecipe((before) => ({ ...before, training: { ...before.training, ...training } }));
  const { raised, keptEnd } = finding;
  return (
    <>
      {raised && (
        <Button disabled={locked} onClick={() => set({ maxLength: raised.maxLength })}>
          {words.raiseLength(raised.maxLength, raised.times)}
        </Button>
      )}
      <Button disabled={locked} onClick={() => set({ truncationSide: keptEnd ? 'right' : 'left' })}>
        {keptEnd ? words.keepStart : words.keepEnd}
      </Button>
    </>
  );
}

/** Things to look at before training, and what was mended. Nothing where there is nothing. */
export function Findings({ locked }: { locked: boolean }) {
  const messages = useMessages();
  const words = messages.doctor;
  const { findings, recipe, counts, dataError } = useProject();
  const [opened, setOpened] = useState<Finding | null>(null);
  const [all, setAll] = useState(false);
  const mends = recipe?.data.mends ?? [];
  // Where the data cannot be prepared, a mend may be the reason: it can still be undone.
  const open = dataError ? [] : (findings ?? []);
  const many = open.length > shownAtFirst + 1;
  const shown = many && !all ? open.slice(0, shownAtFirst) : open;
  // While its rows are shown a finding may be mended by hand; the list of them stays.
  if (open.length === 0 && mends.length === 0 && opened === null) return null;

  const undo = (finding: MendableId) =>
    changeRecipe((before) => ({ ...before, data: { ...before.data, mends: withoutMend(before, finding) } }));
  const outcomeOf = (finding: MendableId): string => {
    const outcome = counts?.mended?.find((mended) => mended.finding === finding);
    return outcome ? words.outcomes[finding](outcome.rows) : words.chosen[finding];
  };

  return (
    <section className="card card-quiet small findings" aria-label={open.length > 0 ? words.heading(open.length) : words.mendedHeading}>
      {open.length > 0 && (
        <>
          <p role="status">
            <strong>{words.heading(open.length)}</strong>
          </p>
          <ul className="plain-list findings-list">
            {shown.map((finding) => (
              <li key={finding.id} data-finding={finding.id}>
                <p className="break">{sentenceOf(finding, words)}</p>
                <div className="card-actions">
                  {finding.id === 'cut-texts' && <CutTextChoices finding={finding} locked={locked} />}
                  {mendsOf(finding, words).map(({ mend, name }) => (
                    <Button key={name} disabled={locked} onClick={() => changeRecipe((before) => withMend(before, mend))}>
                      {name}
                    </Button>
                  ))}
                  {finding.id === 'unknown-tokens' && finding.better && (
                    <TakeModel baseModel={finding.better.baseModel} locked={locked} />
                  )}
                  {finding.examples.length > 0 && (
                    <Button look="text" onClick={() => setOpened(finding)}>
                      {words.show}
                    </Button>
                  )}
                </div>
              </li>
            ))}
          </ul>
          {many && (
            <div>
              <Button look="text" onClick={() => setAll(!all)}>
                {all ? messages.app.showFewer : messages.app.showAll(open.length)}
              </Button>
            </div>
          )}
        </>
      )}
      {mends.length > 0 && (
        <>
          <p className="findings-mended-head">
            <strong>{words.mendedHeading}</strong>
          </p>
          <ul className="plain-list">
            {mends.map(({ finding }) => (
              <li key={finding} className="findings-mended" data-mended={finding}>
                <span>{outcomeOf(finding)}</span>
                <Button look="text" disabled={locked} onClick={() => undo(finding)}>
                  {words.undo}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {opened && (
        <Suspense fallback={null}>
          <FindingDialog finding={opened} sentence={sentenceOf(opened, words)} onClose={() => setOpened(null)} />
        </Suspense>
      )}
    </section>
  );
}
