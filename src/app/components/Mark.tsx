import { useId } from 'react';

/** A bead of hot metal. */
export function Mark() {
  const id = useId();
  return (
    <svg className="mark" viewBox="0 0 64 64" aria-hidden="true">
      <defs>
        <radialGradient id={id} cx="36%" cy="32%" r="72%">
          <stop offset="0" stopColor="#ffc27a" />
          <stop offset=".5" stopColor="#f0702a" />
          <stop offset="1" stopColor="#a8330a" />
        </radialGradient>
      </defs>
      <circle cx="32" cy="32" r="30" fill={`url(#${id})`} />
    </svg>
  );
}
