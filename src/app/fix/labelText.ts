/** A row's label in one line. */
import type { RowLabel } from '../../domain';
import { visibleText } from '../visibleText';

export function labelText(label: RowLabel, none: string): string {
  switch (label.kind) {
    case 'class':
      return visibleText(label.label);
    case 'number':
      return visibleText(label.value);
    case 'labels':
      return label.labels.length === 0 ? none : label.labels.map(visibleText).join(', ');
    case 'tags':
      return visibleText(label.tags.join(' '));
  }
}
