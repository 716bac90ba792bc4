import { useId, useState, type FormEvent } from 'react';
import { Button } from '../components/Button';
import { useMessages } from '../messages';

interface Props {
  label: string;
  value?: string;
  /** Word on the button. */
  action: string;
  numeric?: boolean;
  /** What to say where the text is not taken. */
  problem?: string;
  /** False where it is not taken. */
  onName: (name: string) => void | Promise<boolean>;
  onClose?: () => void;
}

/** One line of text and what to do with it; Enter does it too. */
export function NameField({ label, value = '', action, numeric = false, problem, onName, onClose }: Props) {
  const messages = useMessages();
  const [text, setText] = useState(value);
  const [wrong, setWrong] = useState<string | null>(null);
  const problemId = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return setWrong(messages.fixes.empty);
    const taken = await onName(text);
    if (taken === false) setWrong(problem ?? messages.fixes.empty);
    else setText(value);
  };
  return (
    <form className="fixer-name" onSubmit={(event) => void submit(event)}>
      <input
        className="input select-left"
        aria-label={label}
        placeholder={numeric ? undefined : label}
        inputMode={numeric ? 'decimal' : 'text'}
        autoFocus={onClose !== undefined}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : problemId}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(null);
        }}
      />
      <Button type="submit" className="small">
        {action}
      </Button>
      {onClose && (
        <Button look="text" className="small" onClick={onClose}>
          {messages.app.cancel}
        </Button>
      )}
      {wrong !== null && (
        <p id={problemId} className="small fixer-problem" role="alert">
          {wrong}
        </p>
      )}
    </form>
  );
}
