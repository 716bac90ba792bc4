/** Messages in the language on screen. */
import { formatFor, type Format } from '../format';
import type { ErrorData } from '../../domain';
import type { Language } from '../store/persisted';
import { useSettings } from '../store/settings';
import { en, type Messages } from './en';
import type { ErrorText } from './errorText';
import { zh } from './zh';

export type { Messages } from './en';
export type { ErrorText } from './errorText';

const byLanguage: Record<Language, Messages> = { en, zh };

export function messagesFor(language: Language): Messages {
  return byLanguage[language];
}

export function useMessages(): Messages {
  return messagesFor(useSettings((state) => state.language));
}

export function useFormat(): Format {
  return formatFor(useSettings((state) => state.language));
}

export function errorText(messages: Messages, error: ErrorData): ErrorText {
  // The map ties each code to its facts; a union of codes cannot be looked up without saying so.
  const write = messages.errors[error.code] as (facts: ErrorData['facts']) => ErrorText;
  return write(error.facts);
}
