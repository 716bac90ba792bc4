import type { ReactNode } from 'react';
import { Dialog, Heading } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useMessages } from '../messages';
import { Button } from './Button';

interface Props {
  title: string;
  size?: 'small' | 'large';
  role?: 'dialog' | 'alertdialog';
  onClose: () => void;
  children: ReactNode;
}

/** Loaded only when a dialog opens; keeps the overlay library out of the first script. */
export function ModalDialog({ title, size = 'large', role = 'dialog', onClose, children }: Props) {
  const messages = useMessages();
  return (
    <ModalOverlay className="overlay" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className={`modal modal-${size}`}>
        <Dialog className="dialog" role={role}>
          <div className="dialog-head">
            <Heading slot="title" className="dialog-title">
              {title}
            </Heading>
            <Button look="text" onClick={onClose}>
              {messages.app.close}
            </Button>
          </div>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
