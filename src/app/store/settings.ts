/** Language and theme: the only settings of the page itself. */
import { create } from 'zustand';
import { languageFrom, readPersisted, themeFrom, writePersisted, type Language, type Theme } from './persisted';

interface Settings {
  language: Language;
  theme: Theme;
  setLanguage: (language: Language) => void;
  setTheme: (theme: Theme) => void;
}

export const useSettings = create<Settings>((set) => ({
  language: languageFrom(readPersisted('language')),
  theme: themeFrom(readPersisted('theme')),
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
}));
