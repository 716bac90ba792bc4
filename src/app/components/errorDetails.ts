/** What "Copy details" copies: enough to find the fault, and no text from the data. */
import type { ErrorData } from '../../domain';
import { useDevice } from '../store/device';
import { useRun } from '../store/run';

/** Facts that may hold names or text of a person's own data. */
const privateFacts = new Set(['file', 'column', 'columns', 'candidates', 'value', 'label', 'detail', 'reason']);

export function errorDetails(error: ErrorData): string {
  const facts = Object.entries(error.facts)
    .filter(([name]) => !privateFacts.has(name) || /^(model|download|device)\./.test(error.code))
    .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
  const { device } = useDevice.getState();
  const { view } = useRun.getState();
  return [
    `code: ${error.code}`,
    ...facts,
    // A program's own message may quote a cell; its first word is the kind of trouble and safe.
    ...(error.code === 'unexpected' ? [`kind: ${error.facts.detail.split(/[:\s]/, 1)[0] ?? ''}`] : []),
    `device: ${device ? `${device.backend}, ${device.name}, threads: ${device.threads ?? 'unknown'}` : 'none'}`,
    ...(device?.refused ?? []).map(({ backend, reason }) => `refused: ${backend}, ${reason}`),
    `version: ${view.version ?? import.meta.env.MODE}`,
    `browser: ${navigator.userAgent}`,
    `isolated: ${String(globalThis.crossOriginIsolated)}`,
  ].join('\n');
}
