import type { RefObject } from 'react';
import { Menu, MenuItem } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { newProject } from '../actions/project';
import { useMessages } from '../messages';
import { useProject } from '../store/project';
import { useRun } from '../store/run';
import { StorageLine } from './StorageLine';

interface Props {
  trigger: RefObject<HTMLElement | null>;
  onOpenChange: (open: boolean) => void;
  onDelete: () => void;
}

export default function ProjectMenuList({ trigger, onOpenChange, onDelete }: Props) {
  const messages = useMessages();
  const owner = useProject((state) => state.ownership === 'owner');
  const hasTable = useProject((state) => state.table !== null);
  const training = useRun((state) => state.training);
  return (
    <Popover aria-label={messages.app.menu} className="popover popover-menu" triggerRef={trigger} isOpen onOpenChange={onOpenChange} placement="bottom end">
      <Menu className="menu" aria-label={messages.app.menu} onClose={() => onOpenChange(false)} autoFocus="first">
        <MenuItem className="menu-item" isDisabled={!owner || training || !hasTable} onAction={() => void newProject()}>
          {messages.app.newProject}
        </MenuItem>
        <MenuItem className="menu-item menu-item-danger" isDisabled={!owner || training} onAction={onDelete}>
          {messages.app.deleteAll}
        </MenuItem>
      </Menu>
      <div className="menu-foot">
        <StorageLine />
      </div>
    </Popover>
  );
}
