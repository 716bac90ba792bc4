/** The page's entry: the studio, or nothing but the headless run where the address asks for it. */
import './styles/index.css';
import { registerServiceWorker } from './serviceWorker';

async function start(): Promise<void> {
  if (location.hash === '#headless') {
    await import('./headless');
    return;
  }
  const { mount } = await import('./mount');
  mount();
}

void start();
registerServiceWorker();
