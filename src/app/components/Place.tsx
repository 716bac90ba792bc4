import type { ReactNode } from 'react';
import { useMessages } from '../messages';
import { useLayout, type PlaceName } from '../store/layout';

interface Props {
  name: PlaceName;
  number: number;
  /** Something can be done or seen here. A place that is not ready is an outline with one sentence. */
  ready: boolean;
  /** What is alive now; its number is filled. */
  current: boolean;
  /** The sentence that sums the place up while another one has the whole width, or while it is not ready. */
  sentence: string;
  children: ReactNode;
}

export function Place({ name, number, ready, current, sentence, children }: Props) {
  const messages = useMessages();
  const { wide, setWide } = useLayout();
  const isWide = wide === name;
  const isShrunk = wide !== null && !isWide;
  const title = messages[name].place;
  const state = !ready ? 'waiting' : isShrunk ? 'shrunk' : isWide ? 'wide' : 'open';
  return (
    <section className="place" data-place={name} data-state={state} aria-labelledby={`place-${name}`}>
      <header className="place-head">
        <span className={`place-number${current ? ' place-number-current' : ''}`} aria-hidden="true">
          {number}
        </span>
        <h2 id={`place-${name}`} className="place-title">
          {title}
        </h2>
        {ready && (
          <button
            type="button"
            className="place-wide"
            aria-pressed={isWide}
            aria-label={isWide ? messages.app.narrow : messages.app.wide(title)}
            title={isWide ? messages.app.narrow : messages.app.wide(title)}
            onClick={() => setWide(isWide ? null : name)}
          >
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d={isWide ? 'M1 8h5M4 5l3 3-3 3M15 8h-5M12 5 9 8l3 3' : 'M6 8H1m2.500-3L.8 8l2.700 3M10 8h5m-2.500-3 2.700 3-2.700 3'} />
            </svg>
          </button>
        )}
      </header>
      {(!ready || isShrunk) && <p className="place-sentence">{sentence}</p>}
      {/* Kept while shrunk, so that what was typed and opened is still there afterwards. */}
      {ready && (
        <div className="place-body" hidden={isShrunk}>
          {children}
        </div>
      )}
    </section>
  );
}
