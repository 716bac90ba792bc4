import type { RefObject } from 'react';
import { Dialog, Heading } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { CopyButton } from '../components/CopyButton';
import { useFormat, useMessages } from '../messages';
import { usePrivacy } from '../store/privacy';
import { StorageLine } from './StorageLine';

interface Props {
  trigger: RefObject<HTMLElement | null>;
  onOpenChange: (open: boolean) => void;
}

export default function PrivacyPanel({ trigger, onOpenChange }: Props) {
  const messages = useMessages();
  const format = useFormat();
  const { ownRequests, foreignRequests, blocked } = usePrivacy();
  const details = () =>
    ['code: privacy.blocked-request', ...blocked.map(({ origin, from }) => `${from}: ${origin}`), navigator.userAgent].join('\n');
  return (
    <Popover className="popover" triggerRef={trigger} isOpen onOpenChange={onOpenChange} placement="bottom end">
      <Dialog className="popover-body">
        <Heading slot="title" level={2} className="popover-title">
          {messages.privacy.heading}
        </Heading>
        <p className="small">{messages.privacy.body}</p>
        <dl className="facts">
          <dt>{messages.privacy.left}</dt>
          <dd data-count="foreign">{format.number(foreignRequests)}</dd>
          <dt>{messages.privacy.own}</dt>
          <dd data-count="own">{format.number(ownRequests)}</dd>
          <dt>{messages.privacy.stopped}</dt>
          <dd data-count="blocked">{format.number(blocked.length)}</dd>
        </dl>
        {blocked.length > 0 && (
          <div className="card card-notice">
            <ul className="plain-list small">
              {blocked.map(({ origin, from }, index) => (
                <li key={index}>{messages.privacy.blocked(origin, messages.privacy.from[from])}</li>
              ))}
            </ul>
            <CopyButton text={details} done={messages.privacy.copied}>
              {messages.privacy.copy}
            </CopyButton>
          </div>
        )}
        <StorageLine />
      </Dialog>
    </Popover>
  );
}
