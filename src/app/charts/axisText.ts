/** The chart library writes a colour on each figure of an axis itself, which a style sheet cannot override. */
export const axisText = { fill: 'var(--muted)' } as const;
