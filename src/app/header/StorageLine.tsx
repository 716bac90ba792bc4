import { useMessages } from '../messages';
import { useProject } from '../store/project';

/** How much is kept on this device and whether it is safe from the browser's own clearing. */
export function StorageLine() {
  const messages = useMessages();
  const storage = useProject((state) => state.storage);
  if (!storage) return null;
  if (!storage.available) return <p className="small muted">{messages.privacy.storedNothing}</p>;
  return (
    <p className="small muted">
      {messages.device.join([
        messages.privacy.stored(storage.usedBytes, storage.freeBytes),
        storage.persisted ? messages.privacy.storedPersisted : messages.privacy.storedAtRisk,
      ])}
    </p>
  );
}
