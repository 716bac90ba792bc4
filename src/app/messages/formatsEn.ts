/** Words about the kinds of files that can be read and the ways in. */
export const formatsEn = {
  drop: 'Drop a file here',
  kinds: ['CSV, Excel, JSON, Parquet or CoNLL,', 'or a folder or ZIP with a subfolder of texts for each label'],
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
  /** Before the others' names, which are buttons. */
  encodingOthers: (name: string) => `Read as ${name}. Nearly as likely:`,
  leaveDamagedOut: 'Leave damaged rows out',
};
