import { Banners } from './Banners';
import { Header } from './header/Header';
import { useMessages } from './messages';
import { Start } from './Start';
import { useProject } from './store/project';
import { Studio } from './Studio';
import { useDropAnywhere } from './useDropAnywhere';
import { useLeaveGuard } from './useLeaveGuard';
import { usePasteAnywhere } from './usePasteAnywhere';
import { useTabTitle } from './useTabTitle';

export function App() {
  const messages = useMessages();
  const hasTable = useProject((state) => state.table !== null);
  const starting = useProject((state) => state.ownership === 'starting');
  const dropping = useDropAnywhere();
  usePasteAnywhere();
  useTabTitle();
  useLeaveGuard();
  return (
    <div className="page" data-ready={!starting}>
      <Header />
      <Banners />
      <main id="content" tabIndex={-1}>
        {hasTable ? <Studio /> : <Start />}
      </main>
      {dropping && <div className="dropping">{messages.app.dropHere}</div>}
    </div>
  );
}
