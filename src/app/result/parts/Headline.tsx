import type { Report } from '../../../domain';
import { kindOf } from '../reportKinds';
import { useSpeech } from '../speech';
import { Figures } from './Figures';
import { WithoutLeaks } from './WithoutLeaks';

/** What the result means, as one would say it to a colleague; then the figures. */
export function Headline({ report }: { report: Report }) {
  const speech = useSpeech();
  const { sentence, more } = kindOf(report).verdict(report, speech);
  return (
    <div className="headline">
      <h3 className="headline-main">{sentence}</h3>
      <p className="muted">{speech.messages.device.join(more)}</p>
      <WithoutLeaks report={report} />
      <Figures report={report} />
    </div>
  );
}
