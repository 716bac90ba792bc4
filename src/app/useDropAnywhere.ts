import { useEffect, useState } from 'react';
import { importDropped } from './actions/importData';
import { useProject } from './store/project';

const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/** A file may be dropped anywhere on the page. Gives whether one hovers over it now. */
export function useDropAnywhere(): boolean {
  const [over, setOver] = useState(false);

  useEffect(() => {
    const isOpen = () => useProject.getState().ownership === 'owner';
    const hover = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      // Without this the browser would leave the page and open the file instead.
      event.preventDefault();
      setOver(isOpen());
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(false);
      if (isOpen() && event.dataTransfer) void importDropped(event.dataTransfer);
    };
    window.addEventListener('dragover', hover);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', hover);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);

  return over;
}
