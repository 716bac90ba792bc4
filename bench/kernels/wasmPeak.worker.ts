/** One more thread for the peaks: measures at the same time as the others. */
import { measureThread } from './wasmPeakModule';

self.addEventListener('message', ({ data }: MessageEvent<boolean>) => self.postMessage(measureThread(data)));
self.postMessage('ready');
