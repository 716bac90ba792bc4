import type { ReactNode } from 'react';
import type { ImportNotice } from '../../domain';
import { setRaggedAside } from '../actions/importData';
import { Button } from '../components/Button';
import { useMessages } from '../messages';
import { useProject } from '../store/project';
import { visibleText } from '../visibleText';

/** What reading the file found and a person may want to know; nothing of it stands in the way. */
export function Notices({ locked }: { locked: boolean }) {
  const messages = useMessages();
  const { table, counts, opened } = useProject();
  if (!table) return null;
  const words = messages.data.notices;

  const sentence = (notice: ImportNotice): ReactNode => {
    switch (notice.kind) {
      case 'encoding':
        return words.encoding(messages.data.encodings[notice.encoding]);
      case 'ragged-rows':
        return (
          <>
            {messages.formats.raggedUsed(notice.rows)}{' '}
            {opened.data && (
              <Button look="text" disabled={locked} onClick={() => void setRaggedAside()}>
                {messages.formats.raggedBack}
              </Button>
            )}
          </>
        );
      case 'duplicate-header':
        return words.duplicateHeader(visibleText(notice.name), visibleText(notice.shownAs));
      case 'unnamed-header':
        return words.unnamedHeader(notice.column, visibleText(notice.shownAs));
      case 'no-header':
        return words.noHeader;
      case 'blank-lines':
        return words.blankLines(notice.lines);
      case 'skipped-lines':
        return words.skippedLines(notice.lines);
    }
  };

  const tidied = counts?.tidiedLabels;
  const hasTidied = tidied !== undefined && tidied.rows > 0;
  if (table.notices.length === 0 && !hasTidied) return null;
  return (
    <ul className="card card-quiet plain-list small">
      {table.notices.map((notice, index) => (
        <li key={index}>{sentence(notice)}</li>
      ))}
      {hasTidied && <li>{messages.data.tidied(tidied.rows, tidied.firstRow)}</li>}
    </ul>
  );
}
