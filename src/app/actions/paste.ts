/** Text from the clipboard, opened as a file of its own. */
import { importFile } from './importData';

/** @param name what to call it in place of a file */
export async function importText(text: string, name: string): Promise<void> {
  await importFile(new File([text], name, { type: 'text/plain' }), 'data');
}

export async function importPasted(clipboard: DataTransfer, name: string): Promise<void> {
  const text = clipboard.getData('text/plain');
  const [file] = clipboard.files;
  // A copied file comes with its name as text; copied cells of a spreadsheet come with a picture of them.
  if (file && (text.trim() === '' || text.includes(file.name))) return importFile(file, 'data');
  if (text.trim() !== '') await importText(text, name);
}
