/** Words about the kinds of files that can be read and the ways in. */
import { formatFor } from '../format';

const { number } = formatFor('en');

export const formatsEn = {
  drop: 'Drop a file here',
  kinds: ['CSV, Excel, JSON, Parquet or CoNLL,', 'or a folder or ZIP with a subfolder of texts for each label'],
  chooseFolder: 'Choose a folder',
  paste: 'Paste text',
  /** What a table made from pasted text is called in place of a file. */
  pasted: 'Pasted text',
  pasteRefused: 'The browser did not hand over the clipboard. Press Ctrl+V (⌘V on a Mac) instead.',
  pasteEmpty: 'There is no text on the clipboard.',
  rowsRead: (rows: number) => `${number(rows)} ${rows === 1 ? 'row' : 'rows'} read`,
  firstRows: 'First rows',
  sheet: 'Sheet',
  /** By a format's id; what the summary says before the encoding or the sheet. */
  names: {
    json: 'JSON',
    conll: 'tagged words',
    'fast-text': 'fastText',
    xlsx: 'Excel',
    parquet: 'Parquet',
    'text-zip': 'text files by folder',
  },
  summary: (parts: string[]) => parts.join(', '),
  sheetNamed: (name: string) => `sheet “${name}”`,
  encodingAsk: 'Which reads right?',
  encodingAskNote: (name: string) => `The file fits several encodings. For now it is read as ${name}.`,
  useRagged: 'Use those with text and label',
  raggedUsed: (rows: number) => `${number(rows)} ${rows === 1 ? 'row' : 'rows'} with too few or too many cells ${rows === 1 ? 'is' : 'are'} used; cells beyond the columns are left away.`,
  raggedBack: 'Set them aside again',
  downloadRows: 'Download as CSV',
  /** Before what the line at fault says, read in that encoding. */
  lineReadAs: (row: number, encoding: string) => `Row ${number(row)} read as ${encoding}:`,
  lineAtFault: 'The line:',
  leaveDamagedOut: 'Leave damaged rows out',
};
