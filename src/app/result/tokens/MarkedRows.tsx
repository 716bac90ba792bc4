import { useId, useMemo, useState } from 'react';
import type { TokenReport } from '../../../domain';
import { Button } from '../../components/Button';
import { visibleText } from '../../visibleText';
import { useSpeech } from '../speech';
import { joinWords } from './joinedWords';
import { MarkedText } from './MarkedText';
import { markWords } from './marks';
import { countSpans, wrongSpans } from './spanCounts';

const pageSize = 5;

/** The test rows as texts with their spans; at first those with something wrong. */
export function MarkedRows({ report }: { report: TokenReport }) {
  const { messages } = useSpeech();
  const id = useId();
  const [type, setType] = useState<string | null>(null);
  const [onlyWrong, setOnlyWrong] = useState(true);
  const [count, setCount] = useState(pageSize);
  const { reports: words, data, app } = messages;
  const { predictions, classes } = report;
  const rows = useMemo(
    () =>
      predictions.filter((prediction) => {
        const counts = countSpans(report, prediction, type);
        return onlyWrong ? wrongSpans(counts) > 0 : type === null || counts.truth + counts.found > 0;
      }),
    [predictions, report, type, onlyWrong],
  );
  const nothingWrong = onlyWrong && rows.length === 0;
  return (
    <section className="stack-small marked-rows">
      <h3 className="part-title">{words.texts}</h3>
      <div className="marked-filter">
        <label htmlFor={`${id}-type`} className="small muted">
          {words.ofType}
        </label>
        <select
          id={`${id}-type`}
          className="select"
          value={type ?? ''}
          onChange={({ target }) => {
            setType(target.value === '' ? null : target.value);
            setCount(pageSize);
          }}
        >
          <option value="">{words.anyType}</option>
          {classes.map(({ label }) => (
            <option key={label} value={label}>
              {visibleText(label)}
            </option>
          ))}
        </select>
        <label className="small check" htmlFor={`${id}-wrong`}>
          <input
            id={`${id}-wrong`}
            type="checkbox"
            checked={onlyWrong}
            onChange={({ target }) => {
              setOnlyWrong(target.checked);
              setCount(pageSize);
            }}
          />
          {words.onlyWrong}
        </label>
      </div>
      <p className="small muted">
        {nothingWrong ? words.nothingWrong(predictions.length) : messages.device.join([words.textsShown(rows.length, predictions.length), rows.length > 0 ? words.legend : null])}
      </p>
      <ul className="plain-list marked-list">
        {rows.slice(0, count).map(({ row, words: own, label, predicted }) => (
          <li key={row}>
            <p className="small muted">{data.rowHeading(row)}</p>
            <MarkedText marked={markWords({ tags: report, ...joinWords(own), truth: label, found: predicted })} />
          </li>
        ))}
      </ul>
      {rows.length > count && (
        <div>
          <Button look="text" onClick={() => setCount(count + pageSize * 2)}>
            {app.more}
          </Button>
        </div>
      )}
    </section>
  );
}
