import type { DeviceDescription } from '../../domain';
import { useMessages } from '../messages';

/** Why a faster device is not used: one honest sentence a reason. */
export function DeviceReason({ device }: { device: DeviceDescription }) {
  const messages = useMessages();
  if (device.backend === 'tfjs-webgpu') return null;
  const reasons = [...new Set(device.refused.map(({ reason }) => reason))].filter((reason) => reason !== 'not-chosen');
  if (reasons.length === 0) return null;
  return (
    <details className="why small">
      <summary>{messages.training.why}</summary>
      <ul className="plain-list">
        {reasons.map((reason) => (
          <li key={reason}>{messages.training.refused[reason]}</li>
        ))}
      </ul>
    </details>
  );
}
