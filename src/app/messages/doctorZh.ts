/** 数据检查发现的问题：中文。键与 `doctorEn.ts` 相同。 */
import type { PersonalKind } from '../../domain';
import { formatFor } from '../format';
import type { DoctorMessages } from './doctorEn';
import { modelsZh } from './modelsZh';

const { number, percent, list, upTo } = formatFor('zh');
const quoted = (label: string) => `“${label}”`;

function few(items: readonly string[], most = 3): string {
  return items.length > most ? `${items.slice(0, most).join('、')}等 ${number(items.length)} 个` : list(items);
}

const kinds: Record<PersonalKind, (total: number) => string> = {
  email: (total) => `电子邮箱 ${number(total)} 行`,
  phone: (total) => `电话号码 ${number(total)} 行`,
  card: (total) => `银行卡号 ${number(total)} 行`,
  identity: (total) => `身份证件号 ${number(total)} 行`,
};

const sides = { train: '学习的行', validation: '调整的行', test: '测试的行' };

const otherLabel = '其他';

export const doctorZh: DoctorMessages = {
  heading: (total) => `有 ${number(total)} 处值得看一看`,
  mendedHeading: '已处理',
  findings: {
    'label-like-id': ({ column, labels, rows, once }) =>
      `列${quoted(column)}在 ${number(rows)} 行里有 ${number(labels)} 种不同的值，其中 ${number(once)} 种只出现一次：更像文本或编号，不像标签。换一列也许更合适。`,
    'label-twins': ({ twins, rows }) =>
      `${few(twins.map((labels) => labels.map(quoted).join(' = ')))}看起来是同一个标签的不同写法（${number(rows)} 行）。不合并就会被当作不同的标签来学。`,
    leaks: ({ test, validation, fromTestFile }) => {
      const tested = `${number(test.of)} 行测试数据中有 ${number(test.rows)} 行${fromTestFile ? '也在训练文件里' : '也用来训练'}，分数会虚高。`;
      const steered = `${number(validation.of)} 行用来调整的数据中有 ${number(validation.rows)} 行也用来学习，挑选最佳步数时会偏乐观。`;
      return [...(test.rows > 0 ? [tested] : []), ...(validation.rows > 0 ? [steered] : [])].join('');
    },
    conflicts: ({ texts, rows, target }) => `有 ${number(texts)} 条文本在不同的行里带着不同的${{ class: '标签', labels: '标签组合', number: '数值', tokens: '标记' }[target]}（共 ${number(rows)} 行），其中最多一个是对的。`,
    duplicates: ({ rows, exact, folded, givenTest }) => {
      const how =
        folded === 0 ? '完全相同' : exact === 0 ? '只差大小写、空格、标点或全半角' : `${number(exact)} 行完全相同，${number(folded)} 行只差大小写、空格、标点或全半角`;
      return `有 ${number(rows)} 行与答案相同的另一行重复（${how}）。重复的行会被多算${givenTest ? '' : '；同一文本总是分在同一边'}。`;
    },
    'short-texts': ({ rows, empty }) => {
      const short = `有 ${number(rows)} 行几乎没有文本（字母和数字不到三个，一个汉字算两个）。`;
      return empty === 0 ? short : `${short}另有 ${number(empty)} 行没有文本，已经搁置。`;
    },
    'personal-data': ({ rows, kinds: found }) => {
      const parts = (['email', 'phone', 'card', 'identity'] as const).filter((kind) => found[kind] > 0).map((kind) => kinds[kind](found[kind]));
      return `有 ${number(rows)} 行含有疑似个人信息：${parts.join('，')}。模型可能把它们记下来。`;
    },
    'spreadsheet-cut': ({ rows, characters }) =>
      `有 ${number(rows)} 行的文本正好是 ${number(characters)} 个字符，也就是电子表格一格的上限：可能被电子表格截断了，请检查原来的文件。`,
    'spreadsheet-labels': ({ labels, rows }) =>
      `${few(labels.map(({ label }) => quoted(label)))}像是电子表格把标签变成的日期或数字（${number(rows)} 行），请检查原来的文件。`,
    outliers: ({ rows, from, to }) =>
      `有 ${number(rows)} 行的数值远离其他数值（低于 ${upTo(from, 2)} 或高于 ${upTo(to, 2)}）。笔误或 999 之类的代码会带偏整个模型。`,
    'few-numbers': ({ numbers }) => `只有 ${number(numbers.length)} 种不同的数值：${numbers.map((value) => upTo(value, 2)).join('、')}。如果它们是类别，请改为每行一个标签。`,
    'missing-from-side': ({ labels }) => {
      const missing = labels.map(({ label, sides: without }) => `${quoted(label)}（${without.map((side) => sides[side]).join('、')}）`);
      return `有 ${number(labels.length)} 个标签在某一边没有行：${few(missing)}。没有行就没有分数。`;
    },
    'rare-classes': ({ labels, below }) =>
      `有 ${number(labels.length)} 个标签不到 ${number(below)} 行：${few(labels.map(({ label, rows }) => `${quoted(label)}（${number(rows)}）`))}。很难学好，多加几行最有用。`,
    imbalance: ({ commonest, rarest, share, target }) =>
      share >= 0.9 && target === 'class'
        ? `全部行中有 ${percent(share)} 是${quoted(commonest.label)}。总是这样回答的模型看起来也不错，请看各标签的分数。`
        : `${quoted(commonest.label)}有 ${number(commonest.rows)} 行，${quoted(rarest.label)}只有 ${number(rarest.rows)} 行。不要只看${target === 'class' ? '准确率' : '总分'}，也要看各${target === 'tokens' ? '类型' : '标签'}的分数。`,
    'cut-texts': ({ rows, maxLength, tokenShare, keptEnd }) =>
      `有 ${number(rows)} 行在 ${number(maxLength)} 个词元处截断，全部词元中有 ${percent(tokenShare, tokenShare < 0.1 ? 1 : 0)} 读不到${keptEnd ? '；这些文本读的是结尾' : ''}。`,
    'unknown-tokens': ({ share, baseModel, better }) => modelsZh.unknown({ baseModel, unknownTokenShare: share }, better),
  },
  outcomes: {
    'label-twins': (total) => `标签的不同写法已合并：改了 ${number(total)} 行。`,
    leaks: (total) => `同时在两边的文本：略去 ${number(total)} 行。`,
    conflicts: (total) => `带几种答案的文本：略去 ${number(total)} 行。`,
    duplicates: (total) => `重复的行：略去 ${number(total)} 行。`,
    'short-texts': (total) => `几乎没有文本的行：略去 ${number(total)} 行。`,
    'personal-data': (total) => `已在 ${number(total)} 行里遮盖个人信息；下面的表格仍是文件原样。`,
    'cut-texts': (total) => `太长的文本：略去 ${number(total)} 行。`,
    outliers: (total) => `远离其他数值的行：学习时略去 ${number(total)} 行。`,
    'label-like-id': (total) => `少见的标签已归为一类：改了 ${number(total)} 行。`,
  },
  chosen: {
    'label-twins': '合并标签的不同写法。',
    leaks: '从一边略去同时在两边的文本。',
    conflicts: '略去带几种答案的文本。',
    duplicates: '略去重复的行。',
    'short-texts': '略去几乎没有文本的行。',
    'personal-data': '遮盖个人信息。',
    'cut-texts': '略去太长的文本。',
    outliers: '学习时略去数值远离其他的行。',
    'label-like-id': '少见的标签归为一类。',
  },
  mends: {
    'label-twins': '合并',
    conflicts: '略去这些行',
    duplicates: '每种只留第一行',
    'short-texts': '略去这些行',
    'personal-data': '在文本里遮盖',
    outliers: '略去这些行',
    'cut-texts': '略去这些行',
  },
  keepCommonest: (labels) => `保留最常见的 ${number(labels)} 个，其余归为“${otherLabel}”`,
  otherLabel,
  raiseLength: (maxLength, times) => `读 ${number(maxLength)} 个词元（${times < 1.05 ? '几乎不多花时间' : `约需 ${upTo(times, 1)} 倍的时间`}）`,
  keepEnd: '改读结尾',
  keepStart: '改回读开头',
  secondText: '第二段文本',
  leakFrom: { data: '只留作测试', test: '只留作学习' },
  undo: '撤销',
  show: '查看行',
  rowsHeading: '涉及的行',
  shownOf: (shown, total) => `共 ${number(total)} 行，这里是前 ${number(shown)} 行。`,
  masked: '疑似个人信息在这里已遮盖。',
  file: '文件',
  files: { data: '数据', test: '测试' },
};
