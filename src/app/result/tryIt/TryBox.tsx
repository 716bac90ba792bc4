import { useEffect, useId, useRef, useState } from 'react';
import { taskKinds, toErrorData, type ErrorData, type Report } from '../../../domain';
import type { TryAnswer } from '../../../workers';
import { tryText } from '../../actions/exportModel';
import { ErrorCard } from '../../components/ErrorCard';
import { useMessages } from '../../messages';
import { useProject } from '../../store/project';
import { useRun } from '../../store/run';
import { TryAnswerView } from './TryAnswerView';

const pause = 250;

/** The answer to what stands in the boxes; asked when the typing pauses, and only the newest counts. */
function useAnswer(text: string, textPair: string | null) {
  const [answer, setAnswer] = useState<{ to: string; answer: TryAnswer } | null>(null);
  const [error, setError] = useState<ErrorData | null>(null);
  const newest = useRef(0);
  const complete = text.trim() !== '' && (textPair === null || textPair.trim() !== '');

  useEffect(() => {
    newest.current += 1;
    const ours = newest.current;
    if (!complete) {
      setAnswer(null);
      return;
    }
    const timer = setTimeout(() => {
      tryText({ text, ...(textPair !== null && { textPair }) }).then(
        (given) => {
          if (ours !== newest.current) return;
          setAnswer({ to: text, answer: given });
          setError(null);
        },
        (thrown: unknown) => {
          if (ours === newest.current) setError(toErrorData(thrown));
        },
      );
    }, pause);
    return () => clearTimeout(timer);
  }, [text, textPair, complete]);

  return { answer, error, dismiss: () => setError(null) };
}

/** A box to write in, or two for a pair: what the model says, trained beside untrained. */
export function TryBox({ report }: { report: Report }) {
  const messages = useMessages();
  const { hasWeights, weightsOpen } = useRun();
  const owner = useProject((state) => state.ownership === 'owner');
  const id = useId();
  const { pair } = taskKinds[report.task];
  const [text, setText] = useState('');
  const [second, setSecond] = useState('');
  const { answer, error, dismiss } = useAnswer(text, pair ? second : null);
  const usable = owner && (hasWeights || weightsOpen);
  const { result: words, reports } = messages;
  const box = (name: string, value: string, change: (value: string) => void, label: string | null) => (
    <textarea
      id={name}
      className="try-text"
      rows={2}
      value={value}
      disabled={!usable}
      {...(label !== null && { 'aria-label': `${words.tryIt}: ${label}` })}
      placeholder={label ?? words.tryPlaceholder}
      onChange={(event) => change(event.target.value)}
    />
  );

  return (
    <section className="stack-small">
      <h3 className="part-title">{pair ? words.tryIt : <label htmlFor={id}>{words.tryIt}</label>}</h3>
      {box(id, text, setText, pair ? reports.firstText : null)}
      {pair && box(`${id}-second`, second, setSecond, reports.secondText)}
      {error && <ErrorCard error={error} onDismiss={dismiss} />}
      {answer && <TryAnswerView report={report} text={answer.to} answer={answer.answer} />}
    </section>
  );
}
