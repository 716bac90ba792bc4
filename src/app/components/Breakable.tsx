import { Fragment } from 'react';
import { visibleText } from '../visibleText';

/** A name of the data's own that may break after _ - / and dots, and not in the middle of a word. */
export function Breakable({ children }: { children: string }) {
  const parts = visibleText(children).split(/(?<=[_\-/.])/);
  return parts.map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
