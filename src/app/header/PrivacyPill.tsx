import { lazy, Suspense, useRef, useState } from 'react';
import { useMessages } from '../messages';
import { usePrivacy } from '../store/privacy';

const PrivacyPanel = lazy(() => import('./PrivacyPanel'));

export function PrivacyPill() {
  const messages = useMessages();
  const blocked = usePrivacy((state) => state.blocked.length);
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`pill${blocked > 0 ? ' pill-trouble' : ''}`}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span className="pill-dot" aria-hidden="true" />
        {blocked > 0 ? messages.privacy.pillTrouble(blocked) : messages.privacy.pill}
      </button>
      {open && (
        <Suspense fallback={null}>
          <PrivacyPanel trigger={button} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  );
}
