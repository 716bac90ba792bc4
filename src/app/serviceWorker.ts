/** Makes the page work offline. Built pages only: it would keep old files while developing. */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD) return;
  window.addEventListener('load', () => {
    // Absent on plain http and in some private windows; the page then works online.
    navigator.serviceWorker?.register(`${import.meta.env.BASE_URL}service-worker.js`).catch(() => {});
  });
}

/** A base model that was used works offline too; its weights are kept elsewhere. */
export function keepModelOffline(baseModel: string): void {
  if (!import.meta.env.PROD) return;
  void navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage({ kind: 'keep-model', id: baseModel }));
}
