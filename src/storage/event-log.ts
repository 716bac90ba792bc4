/** A run's log as text: one event a line, as JSON. Appended to, never rewritten, so only its last line can be torn. */
import * as v from 'valibot';
import { AnnealError, type RunEvent } from '../domain';
import { completeEvent } from './older-reports';

/** Enough to know a line for an event; the rest was typed when it was written, and `completeEvent` adds what is newer. */
const eventLineSchema = v.looseObject({
  time: v.number(),
  kind: v.picklist(['started', 'stepped', 'evaluated', 'checkpointed', 'warned', 'paused', 'resumed', 'failed', 'finished']),
});

export function eventLines(events: RunEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}

export interface EventLog {
  events: RunEvent[];
  /** Bytes of whole lines; what follows them was torn by a crash. */
  wholeBytes: number;
}

/**
 * A line counts once its line break is there. What follows the last break is left out.
 *
 * @throws AnnealError `storage.damaged` for a bad line before it: no crash explains that
 */
export function readEventLog(bytes: Uint8Array, file: string): EventLog {
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const lines = new TextDecoder().decode(bytes.subarray(0, wholeBytes)).split('\n').slice(0, -1);
  return { events: lines.map((line) => parseLine(line, file)), wholeBytes };
}

function parseLine(line: string, file: string): RunEvent {
  try {
    return completeEvent(v.parse(eventLineSchema, JSON.parse(line)) as unknown as RunEvent);
  } catch {
    throw new AnnealError('storage.damaged', { file });
  }
}
