interface Props {
  viewBox?: { x?: number; y?: number; width?: number; height?: number };
  name: string;
  className: string;
  /** Moves the name off another one that ends at the same height. */
  shift?: number;
}

/** A line's name at its end, instead of a legend. */
export function EndName({ viewBox, name, className, shift = 0 }: Props) {
  const { x = 0, y = 0, width = 0, height = 0 } = viewBox ?? {};
  return (
    <text x={x + width + 6} y={y + height / 2 + shift} dy="0.35em" className={className}>
      {name}
    </text>
  );
}
