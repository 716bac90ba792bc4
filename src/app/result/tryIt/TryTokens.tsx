import type { TokenReport } from '../../../domain';
import type { TryAnswer } from '../../../workers';
import { useMessages } from '../../messages';
import { MarkedText } from '../tokens/MarkedText';
import { markWords } from '../tokens/marks';

interface Props {
  report: TokenReport;
  text: string;
  answer: Extract<TryAnswer, { kind: 'tokens' }>;
}

/** The text with what the model finds in it. */
export function TryTokens({ report, text, answer: { words, tuned } }: Props) {
  const { reports } = useMessages();
  const marked = markWords({ tags: report, text, ranges: words, truth: null, found: tuned });
  return (
    <div className="try-answer" aria-live="polite">
      <MarkedText marked={marked} />
      {marked.found.length === 0 && <p className="small muted">{reports.nothingFound}</p>}
    </div>
  );
}
