import { useFormat, useMessages } from '../messages';
import type { RunView } from '../store/runView';

/** Figures for those who want them: tokens a second, the rate now, weights, version. */
export function RunDetails({ view }: { view: RunView }) {
  const messages = useMessages();
  const format = useFormat();
  const words = messages.training;
  const last = view.training.at(-1);
  return (
    <details className="why small">
      <summary>{words.details}</summary>
      <dl className="facts">
        {view.tokensPerSecond !== null && (
          <>
            <dt>{words.tokenSpeed}</dt>
            <dd>{format.number(view.tokensPerSecond)}</dd>
          </>
        )}
        {last && (
          <>
            <dt>{words.learningRateNow}</dt>
            <dd>{format.rate(last.learningRate)}</dd>
          </>
        )}
        {view.parameters && (
          <>
            <dt>{words.weights}</dt>
            <dd>{format.number(view.parameters.trained)}</dd>
          </>
        )}
        {view.version !== null && (
          <>
            <dt>{words.version}</dt>
            <dd>{view.version}</dd>
          </>
        )}
      </dl>
    </details>
  );
}
