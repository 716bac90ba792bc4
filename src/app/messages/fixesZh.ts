/** 修改标签与疑似错误标签的文字；键与 `fixesEn.ts` 相同。 */
import { formatFor } from '../format';
import type { FixMessages } from './fixesEn';

const { number, percent, duration } = formatFor('zh');

export const fixesZh: FixMessages = {
  change: '修改',
  changeOf: (row) => `修改第 ${number(row)} 行的标签`,
  labelOf: (row) => `第 ${number(row)} 行的标签`,
  heading: '标签',
  labels: '标签',
  newLabel: '新标签……',
  newName: '新标签的名称',
  add: '添加',
  use: '采用',
  done: '完成',
  noLabel: '无标签',
  changed: '已修改',
  inFile: (label) => `文件中为：${label}`,
  undo: '撤销',
  undoOf: (row) => `撤销第 ${number(row)} 行的修改`,
  notNumber: '这不是数字。',
  empty: '请填写标签。',
  fixedColumns: '此文件中每个标签各占一列，不能在这里添加新标签。',
  unreadable: '这一行的标签不能在这里修改：词与标记对不上，或以其他形式存放。',
  tagOf: (word) => `“${word}”的标记`,
  bar: {
    changed: (rows) => `已修改 ${number(rows)} 个标签`,
    note: '您的文件保持不变，修改保存在配方中。',
    undoLast: '撤销上一步',
    undoAll: '全部撤销',
    missing: (changes) => `有 ${number(changes)} 处修改所在的行不在这些文件中。`,
  },
  older: {
    heading: '这份报告早于当前的数据。',
    note: '重新训练，即可看到修改的效果。',
  },
  suspects: {
    heading: '疑似错误的标签',
    why: '逐行与其他行比较，找出文字更像另一个标签的行。',
    look: (seconds) => (seconds === null ? '查找疑似错误的标签' : `查找疑似错误的标签（约 ${duration(seconds)}）`),
    looking: '正在查找疑似错误的标签……',
    share: (share) => percent(share),
    found: (found, looked) => `${number(looked)} 行中有 ${number(found)} 行更像另一个标签。其中有些原本就是对的。`,
    none: (looked) => `${number(looked)} 行中没有更像另一个标签的行。`,
    sample: (looked, of) => `共 ${number(of)} 行，查看了其中 ${number(looked)} 行。`,
    show: '查看这些行',
    again: '重新查找',
    shownOf: (shown, found) => `共 ${number(found)} 行，显示最可疑的 ${number(shown)} 行。`,
    order: '最可疑的在前。',
    suggested: '更像',
    confidence: '把握',
    useThis: (label) => `改为“${label}”`,
    useThisOf: (label, row) => `把第 ${number(row)} 行改为“${label}”`,
  },
};
