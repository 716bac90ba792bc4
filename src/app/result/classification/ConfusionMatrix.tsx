import { useFormat, useMessages } from '../../messages';
import { Breakable } from '../../components/Breakable';
import { visibleText } from '../../visibleText';

interface Props {
  labels: readonly string[];
  confusion: readonly (readonly number[])[];
  onOpen: (label: number, predicted: number) => void;
}

/** Longer names than this would make the turned heads taller than the table; columns are then numbered. */
const longestTurned = 14;
const mostTurned = 12;
/** Names up to this length fit over a cell as they are. */
const longestUpright = 3;

export function ConfusionMatrix({ labels, confusion, onOpen }: Props) {
  const messages = useMessages();
  const format = useFormat();
  const names = labels.map(visibleText);
  const numbered = names.length > mostTurned || names.some((name) => name.length > longestTurned);
  const upright = names.every((name) => name.length <= longestUpright);
  const sums = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  const words = messages.result;

  /** Share of its row decides the depth of a cell's colour; the figure in it says the rest. */
  const depth = (count: number, row: number) => Math.round(20 + 45 * (count / Math.max(1, sums[row] ?? 1)));

  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={words.confusion}>
      <table className={`matrix${numbered ? ' matrix-numbered' : ''}`}>
        <thead>
          <tr>
            <td />
            {names.map((name, index) => (
              <th key={index} scope="col" title={name}>
                {numbered ? (
                  <>
                    <span aria-hidden="true">{index + 1}</span>
                    <span className="hidden">{name}</span>
                  </>
                ) : (
                  <span className={upright ? undefined : 'matrix-turned'}>{name}</span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {confusion.map((row, label) => (
            <tr key={label}>
              <th scope="row" title={names[label]}>
                {numbered && <span className="muted figure">{label + 1} </span>}
                <Breakable>{labels[label] ?? ''}</Breakable>
              </th>
              {row.map((count, predicted) => (
                <td key={predicted}>
                  {count === 0 ? (
                    <span className="cell cell-none" />
                  ) : (
                    <button
                      type="button"
                      className={`cell ${label === predicted ? 'cell-right' : 'cell-wrong'}`}
                      style={{ '--depth': `${depth(count, label)}%` }}
                      aria-label={words.cell(names[label] ?? '', names[predicted] ?? '', count)}
                      title={words.cell(names[label] ?? '', names[predicted] ?? '', count)}
                      onClick={() => onOpen(label, predicted)}
                    >
                      {format.number(count)}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
