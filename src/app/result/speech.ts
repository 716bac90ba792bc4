/** Messages and figures in the language on screen, for what is written outside of a component. */
import type { Format } from '../format';
import { useFormat, useMessages, type Messages } from '../messages';

export interface Speech {
  messages: Messages;
  format: Format;
}

export function useSpeech(): Speech {
  return { messages: useMessages(), format: useFormat() };
}
