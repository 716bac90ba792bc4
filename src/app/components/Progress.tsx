interface Props {
  label: string;
  /** 0 to 1; null while there is no measure. */
  share: number | null;
  text?: string | undefined;
}

/** The heat gradient belongs to this bar alone. */
export function Progress({ label, share, text }: Props) {
  const percent = share === null ? undefined : Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      className={`progress${share === null ? ' progress-unknown' : ''}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
    >
      <div className="progress-heat" style={share === null ? undefined : { clipPath: `inset(0 ${100 - share * 100}% 0 0 round 4px)` }} />
    </div>
  );
}
