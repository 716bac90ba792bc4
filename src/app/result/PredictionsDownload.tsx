import { useId, useMemo, useState } from 'react';
import type { Report } from '../../domain';
import { saveFile } from '../actions/exportModel';
import { Button } from '../components/Button';
import { useMessages } from '../messages';
import { countFormulaLike, predictionsCsv } from '../predictionsCsv';
import { useProject } from '../store/project';

/** Every test row with its answer, for a spreadsheet. */
export function PredictionsDownload({ report }: { report: Report }) {
  const messages = useMessages();
  const fileName = useProject((state) => state.table?.fileName ?? 'anneal');
  const formulas = useMemo(() => countFormulaLike(report), [report]);
  const [guard, setGuard] = useState(true);
  const id = useId();

  const download = () => {
    const { text } = predictionsCsv(report, { guardFormulas: guard });
    const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
    saveFile(address, `${fileName.replace(/\.\w+$/, '')}-predictions.csv`);
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  };

  return (
    <section className="stack-small">
      <div>
        <Button onClick={download}>{messages.result.csv}</Button>
      </div>
      {formulas > 0 && (
        <>
          <p className="small muted">{messages.result.csvGuarded(formulas)}</p>
          <label className="small check" htmlFor={id}>
            <input id={id} type="checkbox" checked={guard} onChange={(event) => setGuard(event.target.checked)} />
            {messages.result.csvGuard}
          </label>
        </>
      )}
    </section>
  );
}
