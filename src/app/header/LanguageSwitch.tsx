import { useMessages } from '../messages';
import { useSettings } from '../store/settings';

/** The button bears the other language's own name, in that language. */
export function LanguageSwitch() {
  const messages = useMessages();
  const { language, setLanguage } = useSettings();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <button type="button" className="tool" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => setLanguage(other)}>
      {messages.app.otherLanguage}
    </button>
  );
}
