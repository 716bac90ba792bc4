import { useState } from 'react';
import { Button } from '../components/Button';
import { useMessages } from '../messages';
import { useProject } from '../store/project';
import { RareLabel } from './RareLabel';

const shownAtFirst = 3;

/** Labels with too few rows for every side; one decided stays listed, so that the choice can be undone. */
export function RareLabels({ locked }: { locked: boolean }) {
  const messages = useMessages();
  const { counts, recipe } = useProject();
  const [all, setAll] = useState(false);
  if (!counts || !recipe) return null;
  const open = new Map(counts.rareLabels.map(({ label, rows }) => [label, rows]));
  const decided = Object.keys(recipe.data.rareLabels).filter((label) => !open.has(label));
  const labels = [...open.keys(), ...decided];
  if (labels.length === 0) return null;
  const shown = all ? labels : labels.slice(0, shownAtFirst);
  return (
    <section className="card card-notice">
      {shown.map((label) => (
        <RareLabel
          key={label}
          label={label}
          rows={open.get(label) ?? null}
          choice={recipe.data.rareLabels[label] ?? null}
          others={counts.labels.map((count) => count.label).filter((other) => other !== label && !open.has(other))}
          locked={locked}
        />
      ))}
      {labels.length > shown.length && (
        <Button look="text" onClick={() => setAll(true)}>
          {messages.data.rareMore(labels.length - shown.length)}
        </Button>
      )}
      <p className="small">{messages.data.rareNote}</p>
    </section>
  );
}
