import { useRef, type ReactNode } from 'react';
import { Button } from './Button';

interface Props {
  children: ReactNode;
  look?: 'main' | 'plain' | 'text';
  disabled?: boolean;
  onFile: (file: File) => void;
}

const kinds = '.csv,.tsv,.tab,.txt,text/csv,text/tab-separated-values,text/plain';

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
