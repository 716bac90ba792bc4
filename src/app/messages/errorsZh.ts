/** 错误信息，简体中文。 */
import { formatFor } from '../format';
import type { FileDamage } from '../../domain';
import { deviceZh } from './deviceZh';
import type { ErrorMessages } from './errorText';

const { number, bytes, list, rate } = formatFor('zh');
/** Encodings as people know them. */
const encodingOf = (name: string) => (name === 'gb18030' ? 'GBK' : name.toUpperCase());
const columnsOf = (columns: readonly string[]) => `列：${columns.slice(0, 12).join('、')}`;

const fileRules: Record<string, string> = {
  'header-length': '文件头声称的长度超过了文件或上限',
  'not-json': '文件头不是 JSON',
  overlap: '两个张量占用了同一段字节',
  gap: '两个张量之间有不属于任何张量的字节',
  'past-end': '有张量超出了文件末尾',
  size: '有张量的形状和字节数对不上',
  dtype: '有张量用了未知的数字格式',
  'not-finite': '有张量含有非数值',
};

const damages: Record<FileDamage, string> = {
  'cut-short': '文件在不该结束的地方结束了',
  'not-json': '那里的内容不是 JSON',
  'not-object': '有一行不是带名称的对象',
  'too-many-columns': '不同的名称太多，表格放不下这么多列',
  'not-tagged': '有一行没有标注',
  'bad-archive': '压缩包已损坏',
  checksum: '内容与校验值不符',
  encrypted: '文件有密码保护',
  'too-large': '内容太多，这里读不了',
  'missing-part': '缺少一部分',
  'missing-sheet': '没有这个工作表',
  'not-xml': '有一部分读不出来',
  'bad-cell': '有一个单元格读不出来',
  'bad-structure': '文件的说明与内容对不上',
  unsupported: '打包方式不受支持',
  'not-text': '有一个值不是文本',
};

const crashed: Record<'project' | 'training', string> = {
  project: '负责读文件和保存项目的部分没有响应了。',
  training: '负责训练的部分没有响应了，很可能是内存不足。',
};

export const errorsZh: ErrorMessages = {
  'data.no-rows': ({ file, kind, columns, looksLike }) => ({
    cause: {
      'zero-bytes': `${file} 是空文件（0 字节）。`,
      'header-only': `${file} 只有表头（${columnsOf(columns ?? [])}），没有数据行。`,
      'blank-lines': `${file} 里只有空行。`,
      'empty-list': `${file} 里的列表是空的。`,
      'not-a-table':
        looksLike === 'folder' ? `${file} 这个文件夹里没有按标签分开的文本子文件夹。` : `${file} 不是表格${looksLike ? `（看起来是 ${looksLike}）` : ''}。`,
    }[kind],
    place: file,
    todo: '请换一个文件，或先用示例试试。',
  }),
  'data.one-column': ({ file, columns }) => ({
    cause: `${file} 只有一列，文本旁边没有标签。`,
    place: columnsOf(columns),
    todo: '请选一个既有文本列又有标签列的文件，或换一种分隔符读取。',
  }),
  'data.too-few-classes': ({ column, rows, value, candidates }) => ({
    cause: `“${column}”列的 ${number(rows)} 行全是同一个值。分类至少需要两种。`,
    place: `列 ${column}，值“${value}”`,
    todo: candidates.length > 0 ? '请换一列作标签，或补充其他标签的行。' : '请补充其他标签的行。',
  }),
  'data.too-many-classes': ({ column, rows, classes, candidates }) => ({
    cause: `“${column}”列的 ${number(rows)} 行里有 ${number(classes)} 个不同的值，更像文本或编号，不像标签。`,
    place: `列 ${column}`,
    todo: candidates.length > 0 ? '请换一列作标签。' : '请选一个标签会重复出现的文件。',
  }),
  'data.too-few-rows': ({ rows, needed }) => ({
    cause: `可用的只有 ${number(rows)} 行；学习、调整和测试至少需要 ${number(needed)} 行。`,
    place: null,
    todo: '请补充数据，或看看哪些行被搁置了。',
  }),
  'data.empty-side': ({ column, kind, side, rows }) => ({
    cause: `按“${column}”列（${{ group: '分组', time: '时间', side: '写明的用途' }[kind]}）划分 ${number(rows)} 行后，没有留下${{ train: '用来学习', validation: '用来调整', test: '用来测试' }[side]}的行。`,
    place: `列 ${column}`,
    todo: '请换一种划分方式，或换一列。',
  }),
  'data.mixed-encoding': ({ file, encoding, row, byte, likely }) => ({
    cause: `${file} 里编码不一致：第 ${number(row - 1)} 行及以前是 ${encodingOf(encoding)}，从第 ${number(row)} 行起不是${likely ? `，很可能是 ${encodingOf(likely)}` : ''}。`,
    place: `第 ${number(row)} 行，第 ${number(byte)} 字节`,
    todo: '可以各部分按各自的编码读取，或略去读不出的行，或换一个文件。',
  }),
  'data.unclosed-quote': ({ file, row, column, byte, rowsBefore }) => ({
    cause: `第 ${number(row)} 行“${column}”列的引号直到文件末尾都没有闭合，其后的内容会全部并进这一格。`,
    place: `${file}，第 ${number(row)} 行，列 ${column}，第 ${number(byte)} 字节`,
    todo: `可以把引号当普通字符，或只用前面的 ${number(rowsBefore)} 行，或改好文件再打开。`,
  }),
  'data.missing-column': ({ file, column, columns }) => ({
    cause: `${file} 里没有“${column}”列。`,
    place: columnsOf(columns),
    todo: '请从已有的列中选，或换一个文件。',
  }),
  'data.nothing-usable': ({ file, rows, setAside }) => ({
    cause: `${file} 没有一行可用：${number(rows)} 行中有 ${number(setAside)} 行被搁置。`,
    place: file,
    todo: '请查看被搁置的行，或选别的列，或换一个文件。',
  }),
  'data.unknown-label': ({ file, row, label }) => ({
    cause: `测试文件里有训练时没有的标签：“${label}”。`,
    place: `${file}，第 ${number(row)} 行`,
    todo: '请换一个测试文件，或在训练文件里补充这个标签的行。',
  }),
  'data.unreadable-file': ({ file, reason }) => ({
    cause: `${file} 读不出来（${reason}）。`,
    place: file,
    todo: '如果别的程序正开着它，请先关闭，再重新选择。',
  }),
  'data.damaged-file': ({ file, rule, part, row, cell, byte, canLeaveOut }) => ({
    cause: `${file} 读不了：${damages[rule]}。`,
    place: [
      file,
      part,
      row !== null && `第 ${number(row)} 行`,
      cell !== null && `单元格 ${cell}`,
      byte !== null && `第 ${number(byte)} 字节`,
    ]
      .filter(Boolean)
      .join('，'),
    todo: canLeaveOut
      ? '可以略去这样的行，或改好文件再打开，或换一个文件。'
      : '它的内容一点也没有用上。请重新保存或下载，或换一个文件。',
  }),
  'model.bad-file': ({ file, rule, tensor, other, begin, end, bytes: size, expected }) => ({
    cause: `${file} 不能用：${fileRules[rule] ?? rule}。`,
    place:
      [
        tensor && `张量 ${tensor}`,
        other && `与 ${other}`,
        begin !== undefined && end !== undefined && `字节 ${number(begin)} 至 ${number(end)}`,
        size !== undefined && `${number(size)} 字节`,
        expected !== undefined && `应为 ${number(expected)}`,
      ]
        .filter(Boolean)
        .join('，') || file,
    todo: '请重新载入页面，让文件重新下载。它的内容一点也没有用上。',
  }),
  'model.unsupported': ({ file, modelType, supported }) => ({
    cause: `这个模型是“${modelType}”；Anneal 能训练的是${list(supported)}。`,
    place: file,
    todo: '请用受支持的模型。',
  }),
  'model.bad-config': ({ file, field, value }) => ({
    cause: `模型说明里有一个不可能的值：${field} 为 ${value}。`,
    place: `${file}，${field}`,
    todo: '请从来源处重新获取模型。',
  }),
  'model.tensors-differ': ({ missing, unexpected, misshapen }) => ({
    cause: `模型的权重和说明对不上：缺 ${number(missing.length)} 个，多 ${number(unexpected.length)} 个，形状不符 ${number(misshapen.length)} 个。`,
    place: [...missing, ...misshapen, ...unexpected].slice(0, 3).join('、') || null,
    todo: '请从来源处重新获取模型。',
  }),
  'model.missing-file': ({ file }) => ({
    cause: `模型缺少 ${file}。`,
    place: file,
    todo: '请重新载入页面；如果仍然没有，说明本站的文件不全。',
  }),
  'download.incomplete': ({ file, receivedBytes, totalBytes, status }) => ({
    cause: `基础模型共 ${bytes(totalBytes)}，收到 ${bytes(receivedBytes)} 后${status !== null && status >= 400 ? `网站返回了 ${status}` : '连接断了'}。`,
    place: file,
    todo: '请重试；已经完整收到的部分会保留。',
  }),
  'download.wrong-bytes': ({ file, expectedHash, actualHash }) => ({
    cause: '基础模型有一部分和预期的不一样。',
    place: `${file}：应为 ${expectedHash.slice(0, 8)}，实为 ${actualHash.slice(0, 8)}`,
    todo: '请重试；如果一直如此，说明您和本站之间有东西在改动文件。',
  }),
  'device.unavailable': ({ tried }) => ({
    cause: '显卡和处理器都没能启动。',
    place: tried.map(({ backend, reason }) => `${backend}：${reason}`).join('；') || null,
    todo: '请关闭其他占资源的标签页再试，或改用新版的 Chrome、Edge 或 Firefox。',
  }),
  'device.refused': ({ backend, reason }) => ({
    cause: deviceZh.refusedCause(backend, reason),
    place: `${backend}：${reason}`,
    todo: '改为自动选择，或在“更多设置”里换一种计算方式。',
  }),
  'run.diverged': ({ step, learningRate, tensor, bestStep }) => ({
    cause: `到第 ${number(step)} 步，损失不再是数值。常见原因是学习率过高（这次是 ${rate(learningRate)}）。`,
    place: `第 ${number(step)} 步${tensor ? `，最先出现在 ${tensor}` : ''}`,
    todo:
      bestStep === null
        ? '请用推荐的学习率重新开始。'
        : `可以从第 ${number(bestStep)} 步起用三分之一的学习率继续，或用推荐的学习率重新开始，或保留目前最好的。`,
  }),
  'device.out-of-memory': ({ device, bytes: asked }) => ({
    cause: `${device === 'CPU' ? '浏览器' : device} 放不下这个模型${asked === null ? '' : `（还需要 ${bytes(asked)}）`}，一次只算一行也不行。`,
    place: device,
    todo: '请关掉其他占内存的标签页，或调小最大长度、换小一点的基础模型，再训练一次。',
  }),
  'run.wrong-numbers': ({ device, rows, difference, allowed }) => ({
    cause: `训练结束后核对，${device} 给 ${number(rows)} 行测试数据的分数与处理器不一致：相差 ${difference.toExponential(1)}，允许 ${allowed.toExponential(1)}。这次学到的权重不予提供。`,
    place: device,
    todo: '请在“更多设置”里改用处理器计算，再训练一次。更新浏览器或显卡驱动可能会修好显卡。',
  }),
  'recipe.invalid': ({ field, value, rule }) => ({
    cause: `设置“${field}”不能是 ${value}：${rule}。`,
    place: field,
    todo: '请在“更多设置”里修改。',
  }),
  'export.differs': ({ rows, differing, largestDifference, limit }) => ({
    cause: `打包后的模型读回来核对，${number(rows)} 行中有 ${number(differing)} 行的答案不同（相差 ${largestDifference.toExponential(1)}，允许 ${limit.toExponential(1)}），所以没有交给您。`,
    place: null,
    todo: '请重试；如果一直如此，请复制详情并反馈。',
  }),
  'storage.full': ({ neededBytes, freeBytes }) => ({
    cause: `保存需要 ${bytes(neededBytes)}，只剩 ${bytes(freeBytes)}。`,
    place: null,
    todo: '请在这台设备上腾出空间，或在离开前下载模型。',
  }),
  'storage.damaged': ({ file }) => ({
    cause: '项目有一部分存储已损坏，没有载入。',
    place: file,
    todo: '请重新打开文件并训练。',
  }),
  'project.open-elsewhere': () => ({
    cause: '这个项目已在另一个标签页打开。',
    place: null,
    todo: '请在那边继续，或在这里接管。',
  }),
  'worker.crashed': ({ worker, doing }) => ({
    cause: crashed[worker],
    place: `当时在做：${doing}`,
    todo: '请重试，或关闭其他标签页，或减少行数。',
  }),
  cancelled: () => ({ cause: '已按您的要求停止。', place: null, todo: '什么都没有改变。' }),
  unexpected: ({ detail }) => ({
    cause: '出了不该出的问题。',
    place: detail || null,
    todo: '请重试；如果一直如此，请复制详情并反馈。',
  }),
};
