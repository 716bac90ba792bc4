import { useState } from 'react';
import { Button } from './Button';

interface Props {
  text: () => string;
  children: string;
  done: string;
}

/** Says that it copied by changing its own words, in a live region of its own. */
export function CopyButton({ text, children, done }: Props) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setCopied(true);
      setTimeout(() => setCopied(false), 3000);
    } catch {
      // Without permission for the clipboard there is nothing to say that would help more than the text itself.
      setCopied(false);
    }
  };
  return (
    <Button look="text" onClick={() => void copy()}>
      <span aria-live="polite">{copied ? done : children}</span>
    </Button>
  );
}
