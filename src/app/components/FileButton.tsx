import { useRef, type ReactNode } from 'react';
import { fileExtensions } from '../../domain';
import { Button } from './Button';

interface Props {
  children: ReactNode;
  look?: 'main' | 'plain' | 'text';
  disabled?: boolean;
  onFile: (file: File) => void;
}

/** Also by type: a phone's file chooser knows no endings. */
const types = [
  'text/csv',
  'text/tab-separated-values',
  'text/plain',
  'application/json',
  'application/zip',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];
const kinds = [...fileExtensions().map((ending) => `.${ending}`), ...types].join(',');

export function FileButton({ children, look = 'plain', disabled = false, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button look={look} disabled={disabled} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        accept={kinds}
        hidden
        aria-label={typeof children === 'string' ? children : undefined}
        onChange={(event) => {
          const file = event.target.files?.[0];
          // Emptied, so that the same file can be chosen again after it was mended.
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
    </>
  );
}
