/** The worker in which a peer runs. */
import { installCounting } from '../counting';
import { makeAnswering } from './answering';
import type { Request } from './protocol';
import { kernels, starters } from './starters';

installCounting();
const answer = makeAnswering({ starters, kernels });
self.addEventListener('message', ({ data }: MessageEvent<Request>) => { void answer(data).then((value) => self.postMessage(value)); });
