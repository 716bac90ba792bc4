import type { ReactNode } from 'react';
import type { ErrorData } from '../../domain';
import { errorText, useMessages } from '../messages';
import { visibleText } from '../visibleText';
import { Button } from './Button';
import { CopyButton } from './CopyButton';
import { errorDetails } from './errorDetails';

interface Props {
  error: ErrorData;
  /** Remedies as buttons. */
  children?: ReactNode;
  /** What stands there, to recognise the place by. */
  excerpt?: { heading: string; text: string } | null;
  /** A sentence under the remedies, such as that the open project is unchanged. */
  note?: string;
  onDismiss?: () => void;
}

/** Trouble where it stands: cause, place, what to do. Stays until dealt with. */
export function ErrorCard({ error, children, excerpt, note, onDismiss }: Props) {
  const messages = useMessages();
  const { cause, place, todo } = errorText(messages, error);
  return (
    <div className="card card-error" role="alert" data-code={error.code}>
      <p className="card-cause">{visibleText(cause)}</p>
      {place !== null && (
        <p className="small">
          <span className="muted">{messages.error.where}: </span>
          {visibleText(place)}
        </p>
      )}
      {excerpt && (
        <p className="small">
          <span className="muted">{excerpt.heading}</span> <q className="excerpt">{visibleText(excerpt.text)}</q>
        </p>
      )}
      <p className="small">{visibleText(todo)}</p>
      {note && <p className="small muted">{note}</p>}
      <div className="card-actions">
        {children}
        <CopyButton text={() => errorDetails(error)} done={messages.error.copied}>
          {messages.error.copy}
        </CopyButton>
        {onDismiss && (
          <Button look="text" onClick={onDismiss}>
            {messages.error.dismiss}
          </Button>
        )}
      </div>
    </div>
  );
}
