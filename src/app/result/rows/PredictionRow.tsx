import { LabelFixer } from '../../fix/LabelFixer';
import { useReportFile } from '../../fix/useReportFile';
import { useMessages } from '../../messages';
import { shortText, visibleText } from '../../visibleText';
import { MarkedText } from '../tokens/MarkedText';
import type { ShownRow } from './shownRow';

interface Props {
  shown: ShownRow;
  /** Heads of the columns; on a narrow screen, where a row is a block, each stands before its cell. */
  heads: { truth: string; answer: string; score: string };
}

const longest = 600;

/** One test row of the dialog; what the file says of it can be put right. */
export function PredictionRow({ shown, heads }: Props) {
  const messages = useMessages();
  const file = useReportFile();
  const { row, text, textPair, marked, truth, answer, score, right } = shown;
  return (
    <tr role="row">
      <td role="cell" className="figure muted" data-head={messages.result.row}>
        {row}
      </td>
      <td role="cell" className="break predictions-text">
        {marked ? <MarkedText marked={marked} /> : <p>{shortText(text, longest).text}</p>}
        {textPair !== undefined && <p className="second-text">{shortText(textPair, longest).text}</p>}
      </td>
      <td role="cell" data-head={heads.truth}>
        {file ? (
          <LabelFixer table={file} row={row}>
            {visibleText(truth)}
          </LabelFixer>
        ) : (
          visibleText(truth)
        )}
      </td>
      <td role="cell" data-head={heads.answer} className={right ? undefined : 'wrong'}>
        {visibleText(answer)}
      </td>
      <td role="cell" data-head={heads.score} className="figure">
        {score}
      </td>
    </tr>
  );
}
