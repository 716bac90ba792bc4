/** 关于可读取的文件种类和打开方式的文字，简体中文。 */
import { formatFor } from '../format';
import type { formatsEn } from './formatsEn';

const { number } = formatFor('zh');
/** No space beside a full-width bracket. */
const readAs = (name: string) => `按 ${name}${name.endsWith('）') ? '' : ' '}读取`;

export const formatsZh: typeof formatsEn = {
  drop: '把文件拖到这里',
  kinds: ['CSV、Excel、JSON、Parquet、CoNLL，', '或文件夹、ZIP：每种标签一个子文件夹，里面是文本'],
  chooseFolder: '选择文件夹',
  paste: '粘贴文本',
  pasted: '粘贴的文本',
  pasteRefused: '浏览器没有交出剪贴板的内容，请直接按 Ctrl+V（Mac 上是 ⌘V）。',
  pasteEmpty: '剪贴板里没有文本。',
  rowsRead: (rows) => `已读取 ${number(rows)} 行`,
  firstRows: '前几行',
  sheet: '工作表',
  names: {
    json: 'JSON',
    conll: '逐词标注',
    'fast-text': 'fastText',
    xlsx: 'Excel',
    parquet: 'Parquet',
    'text-zip': '分文件夹的文本',
  },
  summary: (parts) => parts.join('，'),
  sheetNamed: (name) => `工作表“${name}”`,
  encodingAsk: '哪一种读得对？',
  encodingAskNote: (name) => `这个文件符合几种编码，目前${readAs(name)}。`,
  useRagged: '使用文本和标签都在的行',
  raggedUsed: (rows) => `使用了 ${number(rows)} 行格数太少或太多的数据，多出的格子已略去。`,
  raggedBack: '重新搁置这些行',
  downloadRows: '下载为 CSV',
  lineReadAs: (row, encoding) => `第 ${number(row)} 行${readAs(encoding)}：`,
  lineAtFault: '这一行：',
  leaveDamagedOut: '略去损坏的行',
};
