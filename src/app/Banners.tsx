import { takeOver } from './actions/project';
import { Button } from './components/Button';
import { useMessages } from './messages';
import { useProject } from './store/project';

/** What holds for the whole page: a window that keeps nothing, another tab that owns the project. */
export function Banners() {
  const messages = useMessages();
  const { storage, ownership, takenOver } = useProject();
  return (
    <>
      {ownership === 'looking-on' && (
        <div className="banner" role="status">
          <p>
            {messages.device.join([takenOver ? messages.banner.takenOver : messages.banner.lookingOn, messages.banner.takeOverNote])}
          </p>
          <Button onClick={() => void takeOver()}>{messages.banner.takeOver}</Button>
        </div>
      )}
      {storage?.available === false && (
        <div className="banner" role="status">
          <p>{messages.banner.privateWindow}</p>
        </div>
      )}
    </>
  );
}
