import { useSyncExternalStore } from 'react';

const query = '(max-width: 1079px)';

function subscribe(changed: () => void): () => void {
  const list = matchMedia(query);
  list.addEventListener('change', changed);
  return () => list.removeEventListener('change', changed);
}

/** Places are stacked: their order on the page, and for the keyboard, then puts the one in use first. */
export function useStacked(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
