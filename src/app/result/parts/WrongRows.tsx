import { useMemo } from 'react';
import type { Report } from '../../../domain';
import { Button } from '../../components/Button';
import { shortText, visibleText } from '../../visibleText';
import { kindOf } from '../reportKinds';
import { useOpenRows } from '../rows/openRows';
import { useSpeech } from '../speech';

const shownAtFirst = 3;

/** The worst answers: often a wrong label in the file. */
export function WrongRows({ report }: { report: Report }) {
  const speech = useSpeech();
  const openRows = useOpenRows();
  const kind = kindOf(report);
  const wrong = useMemo(() => kind.wrong(report), [kind, report]);
  const { result: words, data } = speech.messages;
  return (
    <section className="stack-small">
      <h3 className="part-title">{kind.wrongName(speech)}</h3>
      {wrong.length === 0 && <p>{words.noWrong}</p>}
      <ul className="plain-list wrong-rows">
        {wrong.slice(0, shownAtFirst).map((prediction) => {
          const { row, text, textPair, truth, answer, score } = kind.row(report, prediction, speech);
          return (
            <li key={row}>
              <p className="break">{shortText(text).text}</p>
              {textPair !== undefined && <p className="break second-text">{shortText(textPair).text}</p>}
              <p className="small muted">
                {data.rowHeading(row)} · {words.answered(visibleText(truth), visibleText(answer), score)}
              </p>
            </li>
          );
        })}
      </ul>
      {wrong.length > 0 && (
        <div>
          <Button look="text" onClick={() => openRows({ predictions: wrong, words: (now) => ({ title: kind.wrongName(now) }) })}>
            {words.seeWrong(wrong.length)}
          </Button>
        </div>
      )}
    </section>
  );
}
