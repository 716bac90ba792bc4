import { useState, type ReactNode } from 'react';
import { Button } from '../components/Button';
import { useMessages } from '../messages';

interface Props {
  caption: string;
  chart: ReactNode;
  table: ReactNode;
}

/** A chart that can be read as a table instead. */
export function ChartOrTable({ caption, chart, table }: Props) {
  const { charts: words } = useMessages();
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className="chart">
      <figcaption>
        <span>{caption}</span>
        <Button look="text" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? words.asChart : words.asTable}
        </Button>
      </figcaption>
      {asTable ? table : chart}
    </figure>
  );
}
