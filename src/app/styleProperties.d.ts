/** Custom properties in style props: how a figure reaches the style sheet. */
import 'react';

declare module 'react' {
  interface CSSProperties {
    [name: `--${string}`]: string | number | undefined;
  }
}
