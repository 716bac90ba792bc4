/**
 * A data set on its way from worker to worker. It goes in pieces: one message would hold every text of a large file
 * twice, and neither worker could answer while it is written and read.
 */
import { AnnealError, seededPermutation, type Dataset, type Example, type Side } from '../domain';
import { plainExample, type Pause } from '../data';

export type DatasetMessage =
  | { kind: 'rows'; side: Side; examples: Example[] }
  /** The last message: all but the rows, and but the list of those set aside, which only the page shows. */
  | { kind: 'end'; dataset: Omit<Dataset, Side> };

const rowsAPiece = 1_000;
const sampleStream = 0x5e4d;
const sides = ['train', 'validation', 'test'] as const;

/** Places of at most so many of a side's rows, in their order: that is cheaper to read from a large table. */
function placesOf(length: number, most: number): Uint32Array {
  if (length <= most) return Uint32Array.from({ length }, (_, place) => place);
  return Uint32Array.from(seededPermutation(length, 0, sampleStream).subarray(0, most)).sort();
}

/**
 * Sends the data set and closes the port. Throws what `pause` throws.
 * @param most rows of a side, drawn by chance; `counts` stay those of all
 */
export async function sendInPieces(port: MessagePort, dataset: Dataset, pause: Pause, most = Infinity): Promise<void> {
  const send = (message: DatasetMessage): void => port.postMessage(message);
  for (const side of sides) {
    const places = placesOf(dataset[side].length, most);
    for (let begin = 0; begin < places.length; begin += rowsAPiece) {
      const due = pause();
      if (due !== null) await due;
      const examples = [...places.subarray(begin, begin + rowsAPiece)].flatMap((place) => dataset[side][place] ?? []);
      send({ kind: 'rows', side, examples: examples.map(plainExample) });
    }
  }
  const { train: _train, validation: _validation, test: _test, ...rest } = dataset;
  send({ kind: 'end', dataset: { ...rest, counts: { ...rest.counts, setAside: [] } } });
  port.close();
}

/** @throws AnnealError `cancelled` when the receiver is told to give up before the data set has come */
export function receiveDataset(port: MessagePort, signal?: AbortSignal): Promise<Dataset> {
  return new Promise((resolve, reject) => {
    const rows: Record<Side, Example[]> = { train: [], validation: [], test: [] };
    const cancel = () => {
      port.close();
      reject(new AnnealError('cancelled', {}));
    };
    if (signal?.aborted) return cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    port.onmessage = ({ data }: MessageEvent<DatasetMessage>) => {
      if (data.kind === 'rows') {
        for (const example of data.examples) rows[data.side].push(example);
        return;
      }
      signal?.removeEventListener('abort', cancel);
      port.close();
      resolve({ ...data.dataset, ...rows });
    };
  });
}
