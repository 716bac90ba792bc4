import type { TryAnswer } from '../../workers';
import { useFormat, useMessages } from '../messages';
import { Breakable } from '../components/Breakable';

/** Every label's score, highest first: the trained model as a bar, the untrained one as a thin line under it. */
export function TryScores({ answer }: { answer: TryAnswer }) {
  const messages = useMessages();
  const format = useFormat();
  const words = messages.result;
  const { labels, tuned, base, tokens, cutTokens } = answer;
  const order = labels.map((_, index) => index).sort((left, right) => (tuned[right] ?? 0) - (tuned[left] ?? 0));
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
              {base && <th scope="col">{words.tryBefore}</th>}
            </tr>
          </thead>
          <tbody>
            {order.map((index, place) => (
              <tr key={index} className={place === 0 ? 'try-first' : undefined}>
                <th scope="row" className="bars-name">
                  <Breakable>{labels[index] ?? ''}</Breakable>
                </th>
                <td className="try-track" aria-hidden="true">
                  <span className="try-bar" style={{ width: `${(tuned[index] ?? 0) * 100}%` }} />
                  {base && <span className="try-base" style={{ width: `${(base[index] ?? 0) * 100}%` }} />}
                </td>
                <td className="figure">{format.percent(tuned[index] ?? 0)}</td>
                {base && <td className="figure muted">{format.percent(base[index] ?? 0)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {cutTokens > 0 && <p className="small muted">{words.tryCut(tokens, cutTokens)}</p>}
    </>
  );
}
