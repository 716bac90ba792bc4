import type { DeviceDescription } from '../../domain';
import { useMessages } from '../messages';
import { useDevice } from '../store/device';
import { useSettings } from '../store/settings';
import { DeviceReason } from './DeviceReason';
import { comparedSpeeds, deviceWords, lacksThreads } from './deviceWords';
import { MemoryNeed } from './MemoryNeed';

/** What will compute, how quickly, how long, and how much memory that needs. */
export function DeviceOutlook({ device, seconds }: { device: DeviceDescription; seconds: number | null }) {
  const messages = useMessages();
  const { estimate, estimating } = useDevice();
  const chosen = useSettings((state) => state.computeWith) !== 'automatic';
  const words = messages.device;
  const name = deviceWords(messages, device);
  const page = { isolated: globalThis.crossOriginIsolated, cores: navigator.hardwareConcurrency };
  // Where two devices were compared, their tokens a second stand below; a third such figure would only puzzle.
  const tokens = comparedSpeeds(device) ? null : (estimate?.tokensPerSecond ?? null);
  return (
    <div className="stack-small">
      <p aria-live="polite">
        {seconds !== null ? words.about(name, seconds) : words.is(name)}
        {estimating && seconds === null && <span className="muted"> {words.measuring}</span>}
      </p>
      {(estimate || chosen) && (
        <p className="small muted figure">
          {words.join([estimate && words.rows(estimate.rowsPerSecond, tokens), chosen ? words.chosen : null])}
        </p>
      )}
      {lacksThreads(device, page) && <p className="small muted">{words.oneThread}</p>}
      <DeviceReason device={device} />
      {estimate?.memory && <MemoryNeed memory={estimate.memory} />}
    </div>
  );
}
