/** 关于可读取的文件种类和打开方式的文字，简体中文。 */
import { formatFor } from '../format';
import type { formatsEn } from './formatsEn';

const { list } = formatFor('zh');

export const formatsZh: typeof formatsEn = {
  drop: '把文件拖到这里',
  kinds: '支持 CSV、Excel、JSON、Parquet、CoNLL；也可以是文件夹或 ZIP，里面每个子文件夹放一种标签的文本',
  paste: '粘贴文本',
  pasted: '粘贴的文本',
  pasteRefused: '浏览器没有交出剪贴板的内容，请直接按 Ctrl+V（Mac 上是 ⌘V）。',
  pasteEmpty: '剪贴板里没有文本。',
  sheet: '工作表',
  names: {
    json: 'JSON',
    conll: '逐词标注',
    xlsx: 'Excel',
    parquet: 'Parquet',
    'text-zip': '分文件夹的文本',
  },
  summary: (parts) => parts.join('，'),
  sheetNamed: (name) => `工作表“${name}”`,
  encodingOthers: (name, others) => `按 ${name} 读取；${list(others)}也几乎同样合适。`,
  leaveDamagedOut: '略去损坏的行',
};
