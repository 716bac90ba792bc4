import type { TryAnswer } from '../../../workers';
import { Breakable } from '../../components/Breakable';
import { useSpeech } from '../speech';

type Scores = Extract<TryAnswer, { kind: 'class' | 'labels' }>;

/** Every label's score, highest first: the trained model as a bar, the untrained one as a thin line under it. */
export function TryScores({ answer }: { answer: Scores }) {
  const { messages, format } = useSpeech();
  const { result: words, reports } = messages;
  const { labels, tuned, base } = answer;
  const threshold = answer.kind === 'labels' ? answer.threshold : null;
  const order = labels.map((_, index) => index).sort((left, right) => (tuned[right] ?? 0) - (tuned[left] ?? 0));
  const isGiven = (index: number, place: number) => (threshold === null ? place === 0 : (tuned[index] ?? 0) >= threshold);
  return (
    <>
      <div className="try-scores" tabIndex={0} role="region" aria-label={words.tryScores}>
        <table className="bars try-bars" aria-live="polite">
          <thead>
            <tr className="small muted">
              <th scope="col">
                <span className="hidden">{words.label}</span>
              </th>
              <td />
              <th scope="col">{words.tryTrained}</th>
              <th scope="col">{words.tryBefore}</th>
            </tr>
          </thead>
          <tbody>
            {order.map((index, place) => (
              <tr key={index} className={isGiven(index, place) ? 'try-first' : undefined}>
                <th scope="row" className="bars-name">
                  <Breakable>{labels[index] ?? ''}</Breakable>
                  {threshold !== null && isGiven(index, place) && <span className="hidden"> ({reports.given})</span>}
                </th>
                <td className="try-track" aria-hidden="true">
                  <span className="try-bar" style={{ width: `${(tuned[index] ?? 0) * 100}%` }} />
                  <span className="try-base" style={{ width: `${(base[index] ?? 0) * 100}%` }} />
                  {threshold !== null && <span className="try-threshold" style={{ left: `${threshold * 100}%` }} />}
                </td>
                <td className="figure">{format.percent(tuned[index] ?? 0)}</td>
                <td className="figure muted">{format.percent(base[index] ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {threshold !== null && <p className="small muted">{reports.givenFrom(format.percent(threshold))}</p>}
    </>
  );
}
