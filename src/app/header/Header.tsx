import { useMessages } from '../messages';
import { useProject } from '../store/project';
import { visibleText } from '../visibleText';
import { Mark } from '../components/Mark';
import { LanguageSwitch } from './LanguageSwitch';
import { PrivacyPill } from './PrivacyPill';
import { ProjectMenu } from './ProjectMenu';
import { ThemeSwitch } from './ThemeSwitch';

export function Header() {
  const messages = useMessages();
  const fileName = useProject((state) => state.table?.fileName);
  return (
    <header className="header">
      <a className="skip" href="#content">
        {messages.app.skip}
      </a>
      <div className="header-name">
        <Mark />
        <h1 className="header-title">{messages.app.name}</h1>
        {fileName !== undefined && (
          <span className="header-file" title={visibleText(fileName)}>
            {visibleText(fileName)}
          </span>
        )}
      </div>
      <div className="header-tools">
        <PrivacyPill />
        <LanguageSwitch />
        <ThemeSwitch />
        <ProjectMenu />
      </div>
    </header>
  );
}
