/** Entry point of a helper thread in the browser: a worker started by the training worker. */
import { help, type HelperStart } from './helper';

self.addEventListener('message', (event: MessageEvent<HelperStart>) => help(event.data, (message) => self.postMessage(message)), { once: true });
