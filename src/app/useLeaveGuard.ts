import { useEffect } from 'react';
import { useRun } from './store/run';

/** The browser asks before closing while a run is under way, and only then. */
export function useLeaveGuard(): void {
  const training = useRun((state) => state.training);
  useEffect(() => {
    if (!training) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [training]);
}
