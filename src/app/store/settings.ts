/** Language, theme and what computes: the settings of the page itself, not of a project. */
import { create } from 'zustand';
import {
  computeChoiceFrom,
  languageFrom,
  readPersisted,
  themeFrom,
  writePersisted,
  type ComputeChoice,
  type Language,
  type Theme,
} from './persisted';

interface Settings {
  language: Language;
  theme: Theme;
  computeWith: ComputeChoice;
  setLanguage: (language: Language) => void;
  setTheme: (theme: Theme) => void;
  /** Only keeps it; `chooseDevice` also starts the device. */
  setComputeWith: (choice: ComputeChoice) => void;
}

export const useSettings = create<Settings>((set) => ({
  language: languageFrom(readPersisted('language')),
  theme: themeFrom(readPersisted('theme')),
  computeWith: computeChoiceFrom(readPersisted('computeWith')),
  setLanguage: (language) => {
    writePersisted('language', language);
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    set({ language });
  },
  setTheme: (theme) => {
    writePersisted('theme', theme);
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    set({ theme });
  },
  setComputeWith: (computeWith) => {
    writePersisted('computeWith', computeWith);
    set({ computeWith });
  },
}));
