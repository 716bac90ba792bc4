import { useMessages } from '../messages';
import { useSettings } from '../store/settings';
import type { Theme } from '../store/persisted';

const order: readonly Theme[] = ['system', 'light', 'dark'];
const pictures: Record<Theme, string> = {
  light: 'M8 4.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7ZM8 .8v1.600M8 13.600v1.600M.8 8h1.600M13.600 8h1.600M2.900 2.900 4 4m8 8 1.100 1.100M2.900 13.100 4 12m8-8 1.100-1.100',
  dark: 'M13.500 9.800A6 6 0 0 1 6.200 2.500a6 6 0 1 0 7.300 7.300Z',
  system: 'M1.500 3h13v8.500h-13zM5.500 14.200h5M8 11.500v2.700',
};

export function ThemeSwitch() {
  const messages = useMessages();
  const { theme, setTheme } = useSettings();
  const next = order[(order.indexOf(theme) + 1) % order.length] ?? 'system';
  const name = `${messages.app.theme}: ${messages.app.themes[theme]}`;
  return (
    <button type="button" className="tool tool-picture" aria-label={name} title={name} onClick={() => setTheme(next)}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={pictures[theme]} />
      </svg>
    </button>
  );
}
