/**
 * Runs before everything else on the page.
 *
 * A peer connection is the one way out that no content-security policy covers, so it is taken away here. Language and
 * theme are set before the first paint, or the page would flash in the wrong colours.
 */
import { languageFrom, readPersisted, themeFrom } from './store/persisted';

for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel']) {
  Reflect.deleteProperty(globalThis, name);
}

const theme = themeFrom(readPersisted('theme'));
if (theme !== 'system') document.documentElement.dataset.theme = theme;
document.documentElement.lang = languageFrom(readPersisted('language')) === 'zh' ? 'zh-CN' : 'en';
