import { lazy, Suspense, useRef, useState } from 'react';
import { useMessages } from '../messages';

const ProjectMenuList = lazy(() => import('./ProjectMenuList'));
const DeleteDialog = lazy(() => import('./DeleteDialog'));

export function ProjectMenu() {
  const messages = useMessages();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        className="tool tool-picture"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={messages.app.menu}
        title={messages.app.menu}
        onClick={() => setOpen(!open)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M2.500 4.500h11M2.500 8h11M2.500 11.500h11" />
        </svg>
      </button>
      <Suspense fallback={null}>
        {open && <ProjectMenuList trigger={button} onOpenChange={setOpen} onDelete={() => setDeleting(true)} />}
        {deleting && <DeleteDialog onClose={() => setDeleting(false)} />}
      </Suspense>
    </>
  );
}
