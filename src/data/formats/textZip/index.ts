/** Archives of text files; the code that unpacks them is fetched when the first one is opened. */
import { fileEndings } from '../../../domain';
import { firstNames } from '../../archiveNames';
import { hasExtension, sure, type FileFormat } from '../format';

function sniff(fileName: string, sample: Uint8Array): number {
  const isArchive = sample[0] === 0x50 && sample[1] === 0x4b && (sample[2] === 3 || sample[2] === 5);
  if (!isArchive) return hasExtension(fileName, fileEndings.textZip) && sample.includes(0) ? 0.6 : 0;
  return firstNames(sample).some((name) => name.startsWith('word/') || name.startsWith('ppt/')) ? 0 : sure;
}

export const textZip: FileFormat = {
  id: 'text-zip',
  extensions: fileEndings.textZip,
  sniff,
  open: async (input) => (await import('./read')).openTextArchive(input),
};
