import { useRef } from 'react';
import { Button } from './Button';

interface Props {
  children: string;
  disabled?: boolean;
  onFiles: (files: File[]) => void;
}

/** A folder can be dropped; this is for those who cannot or would rather not drag. */
export function FolderButton({ children, disabled = false, onFiles }: Props) {
  const input = useRef<HTMLInputElement | null>(null);
  return (
    <>
      <Button look="text" disabled={disabled} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <input
        ref={(element) => {
          input.current = element;
          // React does not know the attribute.
          if (element) element.webkitdirectory = true;
        }}
        type="file"
        hidden
        aria-label={children}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
