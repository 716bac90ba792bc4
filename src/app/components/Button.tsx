import type { ComponentProps } from 'react';

interface Props extends ComponentProps<'button'> {
  /** `main` is the one next thing in a place; there is at most one. */
  look?: 'main' | 'plain' | 'text';
}

export function Button({ look = 'plain', className = '', type = 'button', ...rest }: Props) {
  return <button type={type} className={`button button-${look} ${className}`} {...rest} />;
}
