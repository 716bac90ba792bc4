import { useFormat, useMessages } from '../messages';
import type { RunView } from '../store/runView';
import { isTfjs } from './deviceWords';

/** Figures for those who want them: speed, rate, weights, and what computed in which way. */
export function RunDetails({ view }: { view: RunView }) {
  const messages = useMessages();
  const format = useFormat();
  const words = messages.training;
  const { details } = messages.device;
  const last = view.training.at(-1);
  const { device } = view;
  // Logs of older versions do not know the threads.
  const threads = device?.threads ?? null;
  const { build, tile, threads: _, ...kernels } = view.choices;
  const facts: (readonly [string, string | null | undefined])[] = [
    [words.tokenSpeed, view.tokensPerSecond === null ? null : format.number(view.tokensPerSecond)],
    [words.learningRateNow, last && format.rate(last.learningRate)],
    [words.weights, view.parameters && format.number(view.parameters.trained)],
    [details.engine, device && (isTfjs(device.backend) ? details.engines.tfjs : details.engines.own)],
    [details.device, device?.name],
    [details.threads, threads === null ? null : format.number(threads)],
    [details.memory, view.memory && format.bytes(view.memory.total)],
    [details.build, build],
    [details.tile, tile],
    [words.version, view.version],
  ];
  return (
    <details className="why small">
      <summary>{words.details}</summary>
      <dl className="facts">
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {Object.keys(kernels).length > 0 && (
        <details className="why kernels">
          <summary>{details.choices}</summary>
          <dl className="facts">
            {Object.entries(kernels).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </details>
  );
}
