import { useState } from 'react';
import type { ErrorData } from '../../domain';
import { importFile, importSample, tryAgain } from '../actions/importData';
import { Button } from '../components/Button';
import { ErrorCard } from '../components/ErrorCard';
import { FileButton } from '../components/FileButton';
import { useMessages, type Messages } from '../messages';
import { useProject } from '../store/project';
import { useSettings } from '../store/settings';
import { ExpectedForm } from './ExpectedForm';

/** What the file says at the place of the trouble. */
function excerptOf(error: ErrorData, { data, formats }: Messages) {
  if (error.code === 'data.unclosed-quote' && error.facts.line !== '') return { heading: formats.lineAtFault, text: error.facts.line };
  if (error.code !== 'data.mixed-encoding' || error.facts.sample === null || error.facts.likely === null) return null;
  const names: Record<string, string> = data.encodings;
  const { row, likely, sample } = error.facts;
  return { heading: formats.lineReadAs(row, names[likely] ?? likely), text: sample };
}

/** A file that could not be opened, with its remedies. The project open before is unchanged. */
export function ImportTrouble() {
  const messages = useMessages();
  const language = useSettings((state) => state.language);
  const { importError: error, table, lastTry } = useProject();
  const [showsForm, setShowsForm] = useState(false);
  if (!error) return null;
  const wrongFile = ['data.no-rows', 'data.one-column', 'data.unreadable-file', 'data.nothing-usable'].includes(error.code);
  const canRepeat = error.code === 'worker.crashed' || error.code === 'unexpected' || error.code === 'data.unreadable-file';
  return (
    <ErrorCard
      error={error}
      excerpt={excerptOf(error, messages)}
      onDismiss={() => useProject.setState({ importError: null })}
      {...(table ? { note: messages.data.unchanged } : {})}
    >
      {error.code === 'data.unclosed-quote' && (
        <>
          <Button onClick={() => void tryAgain({ openQuote: 'as-text' })}>{messages.error.quotesAsText}</Button>
          {error.facts.rowsBefore > 0 && (
            <Button onClick={() => void tryAgain({ openQuote: 'rows-before' })}>
              {messages.error.rowsBefore(error.facts.rowsBefore)}
            </Button>
          )}
        </>
      )}
      {error.code === 'data.mixed-encoding' && (
        <>
          <Button onClick={() => void tryAgain({ mixedEncoding: 'each-part' })}>{messages.error.eachPart}</Button>
          <Button onClick={() => void tryAgain({ mixedEncoding: 'leave-out' })}>{messages.error.leaveOut(error.facts.unreadable)}</Button>
        </>
      )}
      {error.code === 'data.damaged-file' && error.facts.canLeaveOut && lastTry && (
        <Button onClick={() => void tryAgain({ damagedRows: 'leave-out' })}>{messages.formats.leaveDamagedOut}</Button>
      )}
      {canRepeat && lastTry && <Button onClick={() => void tryAgain({})}>{messages.error.again}</Button>}
      <FileButton onFile={(file) => void importFile(file, lastTry?.as ?? 'data')}>{messages.error.chooseOther}</FileButton>
      {wrongFile && (
        <>
          <Button aria-expanded={showsForm} onClick={() => setShowsForm(!showsForm)}>
            {messages.data.expected}
          </Button>
          <Button onClick={() => void importSample(language)}>{messages.error.trySample}</Button>
        </>
      )}
      {showsForm && <ExpectedForm />}
    </ErrorCard>
  );
}
