import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startProject } from './actions/project';
import { App } from './App';
import { watchRequests } from './store/privacy';

export function mount(): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no root element');
  watchRequests();
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
  void startProject();
}
