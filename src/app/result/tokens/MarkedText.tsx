import { useMessages } from '../../messages';
import { visibleText } from '../../visibleText';
import { piecesOf, type MarkedSpan, type MarkedWords } from './marks';

/** A text with its spans: underlined as the file marks them, shaded as the model found them, named behind. */
export function MarkedText({ marked }: { marked: MarkedWords }) {
  return (
    <p className="marked">
      {piecesOf(marked).map((piece, index) =>
        piece.kind === 'plain' ? <span key={index}>{visibleText(piece.text)}</span> : <Span key={index} span={piece} />,
      )}
    </p>
  );
}

function Span({ span: { kind, parts, truth, found } }: { span: MarkedSpan }) {
  const words = useMessages().reports.spans;
  return (
    <mark className={`span span-${kind}`}>
      {parts.map(({ text, inTruth, inFound }, index) => (
        <span key={index} className={`${inTruth ? 'span-truth' : ''}${inFound ? ' span-found' : ''}`}>
          {visibleText(text)}
        </span>
      ))}
      {/* The joiner keeps the name behind its span; in Chinese a line may break anywhere. */}
      <span className="span-name">{'\u2060'}{words[kind](truth.map(visibleText).join(', '), found.map(visibleText).join(', '))}</span>
    </mark>
  );
}
