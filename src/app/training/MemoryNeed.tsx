import type { MemoryEstimate } from '../../domain';
import { useFormat, useMessages } from '../messages';
import { deviceMemory } from './deviceWords';

const parts = ['weights', 'gradients', 'moments', 'activations'] as const;
/** Above this share of a device's memory other programs and tabs get into the way. */
const muchShare = 0.5;

/** Memory that a run needs, its parts behind a click, and a word where the device has little. */
export function MemoryNeed({ memory }: { memory: MemoryEstimate }) {
  const messages = useMessages();
  const format = useFormat();
  const words = messages.device;
  const has = deviceMemory(navigator);
  return (
    <>
      <details className="why small" data-memory>
        <summary>{words.memory(memory.total)}</summary>
        <dl className="facts facts-parts">
          {parts.map((part) => (
            <div key={part}>
              <dt>{words.memoryParts[part]}</dt>
              <dd>{format.bytes(memory[part])}</dd>
            </div>
          ))}
        </dl>
      </details>
      {has !== null && memory.total > has * 1024 ** 3 * muchShare && <p className="small card card-notice">{words.memoryMuch(has)}</p>}
    </>
  );
}
