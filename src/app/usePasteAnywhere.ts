import { useEffect } from 'react';
import { importPasted } from './actions/paste';
import { useMessages } from './messages';
import { useProject } from './store/project';

/** A field takes what is pasted into it. */
const takesText = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));

/** Before there are data, a table or a copied file may be pasted anywhere on the page. */
export function usePasteAnywhere(): void {
  const name = useMessages().formats.pasted;

  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const { ownership, table } = useProject.getState();
      if (ownership !== 'owner' || table !== null || takesText(event.target) || !event.clipboardData) return;
      event.preventDefault();
      void importPasted(event.clipboardData, name);
    };
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  }, [name]);
}
