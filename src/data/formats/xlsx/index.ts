/** Spreadsheets (XLSX); the code that unpacks them is fetched when the first one is opened. */
import { fileEndings } from '../../../domain';
import { firstNames } from '../../archiveNames';
import { hasExtension, type FileFormat } from '../format';

function sniff(fileName: string, sample: Uint8Array): number {
  const isArchive = sample[0] === 0x50 && sample[1] === 0x4b;
  const named = hasExtension(fileName, fileEndings.xlsx);
  if (!isArchive) return named && sample.includes(0) ? 0.6 : 0;
  return named || firstNames(sample).some((name) => name.startsWith('xl/')) ? 0.95 : 0;
}

export const xlsx: FileFormat = {
  id: 'xlsx',
  extensions: fileEndings.xlsx,
  sniff,
  open: async (input) => (await import('./read')).openSpreadsheet(input),
};
