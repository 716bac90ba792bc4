/** Makes the page work offline. Built pages only: it would keep old files while developing. */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD) return;
  window.addEventListener('load', () => {
    // Absent on plain http and in some private windows; the page then works online.
    navigator.serviceWorker?.register(`${import.meta.env.BASE_URL}service-worker.js`).catch(() => {});
  });
}
