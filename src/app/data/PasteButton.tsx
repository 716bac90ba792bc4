import { useState } from 'react';
import { importText } from '../actions/paste';
import { Button } from '../components/Button';
import { useMessages } from '../messages';

/** Only where the browser lets a page ask for the clipboard; it may still refuse, and then the keys do it. */
export function PasteButton({ disabled }: { disabled: boolean }) {
  const words = useMessages().formats;
  const [trouble, setTrouble] = useState<'pasteRefused' | 'pasteEmpty' | null>(null);
  if (typeof navigator.clipboard?.readText !== 'function') return null;
  const paste = async () => {
    try {
      const text = await navigator.clipboard.readText();
      if (text.trim() === '') return setTrouble('pasteEmpty');
      setTrouble(null);
      await importText(text, words.pasted);
    } catch {
      setTrouble('pasteRefused');
    }
  };
  return (
    <>
      <Button disabled={disabled} onClick={() => void paste()}>
        {words.paste}
      </Button>
      <p className="drop-trouble small muted" role="status">
        {trouble && words[trouble]}
      </p>
    </>
  );
}
