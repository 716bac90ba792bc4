import type { RunWarning } from '../../domain';
import { useMessages, type Messages } from '../messages';
import type { RunView } from '../store/runView';
import { visibleText } from '../visibleText';

function warningWords(messages: Messages, warning: RunWarning): string {
  const { warnings } = messages.training;
  switch (warning.kind) {
    case 'one-answer':
      return warnings['one-answer'](visibleText(warning.label));
    case 'not-saved':
      return warnings['not-saved'];
    case 'short-validation':
      return warnings['short-validation'](warning.rows);
    case 'wrong-numbers':
      return messages.device.wrongNumbers(warning);
    case 'smaller-batches':
      return messages.device.smallerBatches(warning.rows);
  }
}

/** What a person should know of a run without having to do anything about it. */
export function RunNotices({ view, live }: { view: RunView; live: boolean }) {
  const messages = useMessages();
  const { resumed, wentOn } = messages.device;
  const newest = view.resumed.length - 1;
  const notices = [
    ...view.warnings.map((warning) => warningWords(messages, warning)),
    ...view.resumed.map(({ step, lostAt }, index) => (live && index === newest ? resumed : wentOn)(lostAt, step)),
  ];
  if (notices.length === 0) return null;
  return (
    <div className="card card-notice small">
      {notices.map((notice, index) => (
        <p key={index} role="status">
          {notice}
        </p>
      ))}
    </div>
  );
}
