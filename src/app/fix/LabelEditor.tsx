import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { RowLabel } from '../../domain';
import { Button } from '../components/Button';
import { useMessages } from '../messages';
import { useProject } from '../store/project';
import { visibleText } from '../visibleText';
import { NameField } from './NameField';

interface Props {
  row: number;
  label: RowLabel;
  /** False where the label cannot be learnt. */
  onChange: (label: RowLabel) => Promise<boolean>;
  onClose: () => void;
}

/** One kind of field a kind of label. Escape closes it; what was chosen counts at once. */
export function LabelEditor(props: Props) {
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => group.current?.querySelector<HTMLElement>('select, input')?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // The dialog around stays open.
    event.stopPropagation();
    props.onClose();
  };
  return (
    <div ref={group} className="fixer-editor" onKeyDown={onKeyDown}>
      <Fields {...props} />
    </div>
  );
}

function Fields({ row, label, onChange, onClose }: Props) {
  switch (label.kind) {
    case 'class':
      return <ClassField row={row} label={label.label} onChange={onChange} onClose={onClose} />;
    case 'labels':
      return <LabelsField labels={label.labels} onChange={onChange} onClose={onClose} />;
    case 'number':
      return <NumberField row={row} value={label.value} onChange={onChange} onClose={onClose} />;
    case 'tags':
      return <TagsField words={label.words} tags={label.tags} onChange={onChange} onClose={onClose} />;
  }
}

/** Labels of the data set and those of the row, each once. */
function useLabels(own: readonly string[]): string[] {
  const counts = useProject((state) => state.counts);
  return [...new Set([...(counts?.labels.map(({ label }) => label) ?? []), ...own])];
}

/** Shown at once and held in step with what is saved. */
function useEager<Value>(saved: readonly Value[], save: (value: Value[]) => void): [readonly Value[], (value: Value[]) => void] {
  const [shown, setShown] = useState(saved);
  const key = JSON.stringify(saved);
  useEffect(() => setShown(JSON.parse(key) as Value[]), [key]);
  const change = (value: Value[]) => {
    setShown(value);
    save(value);
  };
  return [shown, change];
}

/** Stands for "a new one" among the labels; no label is empty. */
const anotherOne = '';

function ClassField({ row, label, onChange, onClose }: Pick<Props, 'row' | 'onChange' | 'onClose'> & { label: string }) {
  const { fixes: words } = useMessages();
  const labels = useLabels([label]);
  const [isNew, setNew] = useState(false);
  const choose = async (chosen: string) => {
    await onChange({ kind: 'class', label: chosen });
    onClose();
  };
  if (isNew) return <NameField label={words.newName} action={words.use} onName={(name) => void choose(name)} onClose={onClose} />;
  return (
    <>
      <select
        className="select select-left"
        aria-label={words.labelOf(row)}
        value={label}
        onChange={(event) => (event.target.value === anotherOne ? setNew(true) : void choose(event.target.value))}
      >
        {labels.map((one) => (
          <option key={one} value={one}>
            {visibleText(one)}
          </option>
        ))}
        <option value={anotherOne}>{words.newLabel}</option>
      </select>
      <Button look="text" className="small" onClick={onClose}>
        {words.done}
      </Button>
    </>
  );
}

function LabelsField({ labels, onChange, onClose }: Pick<Props, 'onChange' | 'onClose'> & { labels: readonly string[] }) {
  const { fixes: words } = useMessages();
  const known = useLabels(labels);
  const hasColumns = useProject((state) => state.recipe?.data.labelColumns !== undefined);
  const [chosen, set] = useEager(labels, (own: string[]) => void onChange({ kind: 'labels', labels: own }));
  return (
    <>
      <div className="fixer-labels">
        {known.map((label) => (
          <label key={label} className="fixer-check">
            <input type="checkbox" checked={chosen.includes(label)} onChange={({ target }) => set(target.checked ? [...chosen, label] : chosen.filter((other) => other !== label))} />
            <span>{visibleText(label)}</span>
          </label>
        ))}
      </div>
      {hasColumns ? <p className="small muted">{words.fixedColumns}</p> : <NameField label={words.newName} action={words.add} onName={(name) => set([...chosen, name])} />}
      <Button look="text" className="small" onClick={onClose}>
        {words.done}
      </Button>
    </>
  );
}

function NumberField({ row, value, onChange, onClose }: Pick<Props, 'row' | 'onChange' | 'onClose'> & { value: string }) {
  const { fixes: words } = useMessages();
  const set = async (text: string) => {
    const taken = await onChange({ kind: 'number', value: text });
    if (taken) onClose();
    return taken;
  };
  return <NameField label={words.labelOf(row)} value={value} action={words.use} numeric problem={words.notNumber} onName={set} onClose={onClose} />;
}

function TagsField({ words, tags, onChange, onClose }: Pick<Props, 'onChange' | 'onClose'> & { words: readonly string[]; tags: readonly string[] }) {
  const { fixes } = useMessages();
  const known = useLabels(tags);
  const [chosen, save] = useEager(tags, (own: string[]) => void onChange({ kind: 'tags', words: [...words], tags: own }));
  const set = (place: number, tag: string) => save(chosen.map((other, index) => (index === place ? tag : other)));
  return (
    <>
      <div className="fixer-tags">
        {words.map((word, place) => (
          <label key={place} className="fixer-tag">
            <span>{visibleText(word)}</span>
            <select className="select select-left" aria-label={fixes.tagOf(visibleText(word))} value={chosen[place]} onChange={({ target }) => set(place, target.value)}>
              {known.map((tag) => (
                <option key={tag} value={tag}>
                  {visibleText(tag)}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <Button look="text" className="small" onClick={onClose}>
        {fixes.done}
      </Button>
    </>
  );
}
