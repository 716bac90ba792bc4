/** Words about the kinds of files that can be read and the ways in. */
import { formatFor } from '../format';

const { list } = formatFor('en');

export const formatsEn = {
  drop: 'Drop a file here',
  kinds: 'CSV, Excel, JSON, Parquet or CoNLL; or texts in a folder or ZIP, one subfolder a label',
  paste: 'Paste text',
  /** What a table made from pasted text is called in place of a file. */
  pasted: 'Pasted text',
  pasteRefused: 'The browser did not hand over the clipboard. Press Ctrl+V (⌘V on a Mac) instead.',
  pasteEmpty: 'There is no text on the clipboard.',
  sheet: 'Sheet',
  /** By a format's id; what the summary says before the encoding or the sheet. */
  names: {
    json: 'JSON',
    conll: 'tagged words',
    xlsx: 'Excel',
    parquet: 'Parquet',
    'text-zip': 'text files by folder',
  },
  summary: (parts: string[]) => parts.join(', '),
  sheetNamed: (name: string) => `sheet “${name}”`,
  encodingOthers: (name: string, others: string[]) =>
    `Read as ${name}; ${list(others)} would fit nearly as well.`,
  leaveDamagedOut: 'Leave damaged rows out',
};
