import { useFormat, useMessages } from '../messages';

interface Entry {
  name?: string | number | undefined;
  value?: unknown;
}

interface Props {
  active?: boolean;
  payload?: readonly Entry[];
  label?: string | number | undefined;
  /** Writes one value. */
  write: (value: number) => string;
}

/** The figures under the pointer; the table view has them all for those without one. */
export function ChartTip({ active, payload, label, write }: Props) {
  const messages = useMessages();
  const format = useFormat();
  const shown = (payload ?? []).filter(({ name, value }) => typeof value === 'number' && name !== 'raw');
  if (!active || shown.length === 0) return null;
  return (
    <div className="chart-tip small figure">
      <span className="muted">
        {messages.training.columns.step} {format.number(Number(label))}
      </span>
      {shown.map(({ name, value }) => (
        <span key={String(name)}>
          {name}: {write(Number(value))}
        </span>
      ))}
    </div>
  );
}
