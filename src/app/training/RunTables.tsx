import { useFormat, useMessages } from '../messages';
import { thinned, type RunView } from '../store/runView';

/** The charts as a table, for reading and for screen readers. */
export function RunTables({ view }: { view: RunView }) {
  const messages = useMessages();
  const format = useFormat();
  const words = messages.training.columns;
  const steps = new Set([
    ...thinned(view.training, 20).map(({ step }) => step),
    ...view.validation.map(({ step }) => step),
  ]);
  const training = new Map(view.training.map((point) => [point.step, point]));
  const validation = new Map(view.validation.map((point) => [point.step, point]));
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={messages.training.loss}>
      <table className="table table-figures">
        <thead>
          <tr>
            <th scope="col">{words.step}</th>
            <th scope="col">{words.training}</th>
            <th scope="col">{words.validation}</th>
            <th scope="col">{words.accuracy}</th>
          </tr>
        </thead>
        <tbody>
          {[...steps].sort((left, right) => left - right).map((step) => {
            const point = training.get(step);
            const check = validation.get(step);
            return (
              <tr key={step} className={check?.step === view.best?.step && check ? 'table-best' : undefined}>
                <th scope="row">{format.number(step)}</th>
                <td>{point ? format.decimal(point.smoothed, 3) : '–'}</td>
                <td>{check ? format.decimal(check.loss, 3) : '–'}</td>
                <td>{check && check.accuracy !== null ? format.percent(check.accuracy) : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
