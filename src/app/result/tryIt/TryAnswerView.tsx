import type { ReactElement } from 'react';
import type { Report } from '../../../domain';
import type { TryAnswer } from '../../../workers';
import { useMessages } from '../../messages';
import { TryNumber } from './TryNumber';
import { TryScores } from './TryScores';
import { TryTokens } from './TryTokens';

interface Props {
  report: Report;
  /** What the answer is to; the box may hold a newer text already. */
  text: string;
  answer: TryAnswer;
}

function viewOf({ report, text, answer }: Props): ReactElement | null {
  switch (answer.kind) {
    case 'class':
    case 'labels':
      return <TryScores answer={answer} />;
    case 'number':
      return report.kind === 'number' ? <TryNumber report={report} answer={answer} /> : null;
    case 'tokens':
      return report.kind === 'tokens' ? <TryTokens report={report} text={text} answer={answer} /> : null;
  }
}

/** The model's answer, as its kind is shown. */
export function TryAnswerView(props: Props) {
  const { result: words } = useMessages();
  const { tokens, cutTokens } = props.answer;
  return (
    <>
      {viewOf(props)}
      {cutTokens > 0 && <p className="small muted">{words.tryCut(tokens, cutTokens)}</p>}
    </>
  );
}
