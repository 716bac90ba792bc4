import type { DeviceDescription } from '../../domain';
import { useMessages } from '../messages';
import { comparedSpeeds, refusalWords } from './deviceWords';

/** Why this device computes: two measured speeds, or one honest sentence for each reason against a faster one. */
export function DeviceReason({ device }: { device: DeviceDescription }) {
  const messages = useMessages();
  const words = messages.device;
  const speeds = comparedSpeeds(device);
  const reasons = refusalWords(messages, device);
  return (
    <>
      {speeds && <p className="small muted figure">{words.compared(speeds)}</p>}
      {reasons.length > 0 && (
        <details className="why small">
          <summary>{words.why}</summary>
          <ul className="plain-list">
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
