import { readAgain } from '../actions/importData';
import { Button } from '../components/Button';
import { useMessages } from '../messages';
import { useProject } from '../store/project';
import { visibleText } from '../visibleText';

/** Where several encodings fit, the same lines in each; the person picks, and may stay with the one that was taken. */
export function EncodingChoice({ locked }: { locked: boolean }) {
  const messages = useMessages();
  const { table, opened } = useProject();
  const notice = table?.notices.find(({ kind }) => kind === 'encoding');
  if (notice?.kind !== 'encoding' || !notice.samples || notice.samples.length < 2 || !opened.data) return null;
  const names = messages.data.encodings;
  return (
    <section className="card card-notice small encoding-choice" aria-label={messages.formats.encodingAsk}>
      <p>
        <strong>{messages.formats.encodingAsk}</strong>
      </p>
      <p>{messages.formats.encodingAskNote(names[notice.encoding])}</p>
      <ul className="plain-list stack-small">
        {notice.samples.map(({ encoding, lines }) => (
          <li key={encoding}>
            <Button
              aria-label={messages.data.notices.readAs(names[encoding])}
              aria-pressed={encoding === notice.encoding}
              disabled={locked}
              onClick={() => void readAgain('data', { encoding })}
            >
              {names[encoding]}
            </Button>
            <div className="encoding-lines">
              {lines.map((line, index) => (
                <p key={index} title={visibleText(line)}>
                  {visibleText(line)}
                </p>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
