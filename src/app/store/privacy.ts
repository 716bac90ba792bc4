/** What went where: requests to this site counted, anything that the policy stopped listed. */
import { create } from 'zustand';

export interface BlockedRequest {
  origin: string;
  from: 'page' | 'project' | 'training';
}

interface PrivacyState {
  ownRequests: number;
  /** Completed requests to another origin; stays 0 unless the policy is missing. */
  foreignRequests: number;
  blocked: BlockedRequest[];
}

export const usePrivacy = create<PrivacyState>(() => ({ ownRequests: 0, foreignRequests: 0, blocked: [] }));

/** Policy reports that name no address: they stop code or style, not a request. */
const notRequests = new Set(['', 'inline', 'eval', 'wasm-eval', 'self', 'data', 'blob', 'trusted-types-sink']);

export function addBlocked(uri: string, from: BlockedRequest['from']): void {
  if (notRequests.has(uri)) return;
  let origin = uri;
  try {
    const url = new URL(uri);
    if (url.origin === location.origin) return;
    origin = url.host;
  } catch {
    // Already an origin or a bare name.
  }
  usePrivacy.setState(({ blocked }) => ({ blocked: [...blocked, { origin, from }].slice(-50) }));
}

export function watchRequests(): void {
  document.addEventListener('securitypolicyviolation', (event) => addBlocked(event.blockedURI, 'page'));
  const observer = new PerformanceObserver((list) => {
    const here = list.getEntries().filter((entry) => new URL(entry.name, location.href).origin === location.origin);
    const elsewhere = list
      .getEntries()
      .filter((entry) => /^(https?|wss?):/.test(entry.name) && new URL(entry.name).origin !== location.origin)
      // A request that the policy stopped has an entry too, with no response.
      .filter((entry) => (entry as PerformanceResourceTiming).responseEnd > 0)
      .filter((entry) => ((entry as PerformanceResourceTiming).responseStatus ?? 0) > 0);
    usePrivacy.setState((state) => ({
      ownRequests: state.ownRequests + here.length,
      foreignRequests: state.foreignRequests + elsewhere.length,
    }));
  });
  observer.observe({ type: 'resource', buffered: true });
  observer.observe({ type: 'navigation', buffered: true });
}
