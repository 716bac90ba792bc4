import { useEffect, useId, useRef, useState } from 'react';
import { toErrorData, type ErrorData } from '../../domain';
import type { TryAnswer } from '../../workers';
import { tryText } from '../actions/exportModel';
import { ErrorCard } from '../components/ErrorCard';
import { useMessages } from '../messages';
import { useProject } from '../store/project';
import { useRun } from '../store/run';
import { TryScores } from './TryScores';

const pause = 250;

/** A box to write in: every label's score, trained beside untrained. */
export function TryBox({ labels }: { labels: readonly string[] }) {
  const messages = useMessages();
  const { hasWeights, weightsOpen } = useRun();
  const owner = useProject((state) => state.ownership === 'owner');
  const id = useId();
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState<TryAnswer | null>(null);
  const [error, setError] = useState<ErrorData | null>(null);
  const newest = useRef(0);
  const usable = owner && (hasWeights || weightsOpen);

  useEffect(() => {
    newest.current += 1;
    const ours = newest.current;
    if (text.trim() === '') {
      setAnswer(null);
      return;
    }
    const timer = setTimeout(() => {
      tryText(text).then(
        (scores) => {
          if (ours !== newest.current) return;
          setAnswer(scores);
          setError(null);
        },
        (thrown: unknown) => {
          if (ours === newest.current) setError(toErrorData(thrown));
        },
      );
    }, pause);
    return () => clearTimeout(timer);
  }, [text, labels]);

  return (
    <section className="stack-small">
      <h3 className="part-title">
        <label htmlFor={id}>{messages.result.tryIt}</label>
      </h3>
      <textarea
        id={id}
        className="try-text"
        rows={2}
        value={text}
        disabled={!usable}
        placeholder={messages.result.tryPlaceholder}
        onChange={(event) => setText(event.target.value)}
      />
      {!usable && owner && <p className="small muted">{messages.result.noWeights}</p>}
      {error && <ErrorCard error={error} onDismiss={() => setError(null)} />}
      {answer && <TryScores answer={answer} />}
    </section>
  );
}
