/** 用什么计算、多快、要多少内存、为什么：简体中文。键与 `deviceEn.ts` 一致。 */
import type { BackendId, DeviceRefusal } from '../../domain';
import { formatFor } from '../format';
import type { DeviceMessages } from './deviceEn';

const { number, bytes, duration, decimal } = formatFor('zh');
const order = (value: number) => value.toExponential(0);
const grouped = (size: string) => size.replace(/\d+/g, (digits) => number(Number(digits)));
const speed = (perSecond: number) => number(Number(perSecond.toPrecision(2)));
const tfjsNote = (withTfjs: boolean) => (withTfjs ? ['TensorFlow.js'] : []);
const inBrackets = (notes: readonly string[]) => (notes.length === 0 ? '' : `（${notes.join('，')}）`);

const refused: Record<DeviceRefusal, string> = {
  'insecure-page': '这个地址不安全（http），所以浏览器不让网页用显卡；请用 https 打开。',
  'no-api': '这个浏览器不让网页用显卡。新版的 Chrome 或 Edge 可以。',
  'no-adapter': '浏览器没有提供显卡：可能被关闭、因驱动被禁用，或被管理员禁用。',
  'device-refused': '显卡拒绝启动。关闭其他占资源的标签页或更新驱动也许有用。',
  limits: '这块显卡的显存不够这个模型用。',
  'software-adapter': '这里的浏览器只是用软件模拟显卡，用处理器更快。',
  'no-simd': '这个浏览器缺少快速引擎需要的处理器指令（SIMD）。',
  'start-timeout': '显卡没有及时响应。',
  'wrong-numbers': '检查时显卡算错了数，所以没有使用。',
  slower: '测过显卡，在这台电脑上更慢。',
  'not-chosen': '选择了别的设备。',
  failed: '显卡在启动时出错了。',
};

const refusedProcessor: Partial<Record<DeviceRefusal, string>> = {
  'start-timeout': '处理器上的快速引擎没有及时启动。',
  'wrong-numbers': '检查时处理器上的快速引擎算错了数，所以没有使用。',
  slower: '测过处理器，在这台电脑上更慢。',
  failed: '处理器上的快速引擎在启动时出错了。',
};

const names: Record<BackendId, string> = {
  webgpu: '显卡',
  wasm: '处理器',
  'tfjs-webgpu': '显卡（TensorFlow.js）',
  'tfjs-wasm': '处理器（TensorFlow.js）',
  'tfjs-cpu': '处理器（TensorFlow.js，无 SIMD）',
};

export const deviceZh = {
  join: (sentences) => sentences.filter(Boolean).join(''),
  gpu: (name, withTfjs) => `用这台电脑的显卡${inBrackets([name, ...tfjsNote(withTfjs)])}`,
  cpu: (threads, withTfjs) =>
    `用这台电脑的处理器${inBrackets([...(threads === null ? [] : [`${number(threads)} 个线程`]), ...tfjsNote(withTfjs)])}`,
  is: (device) => `${device}。`,
  about: (device, seconds) => `${device}：大约 ${duration(seconds)}。`,
  measuring: '正在测算需要多久…',
  rows: (rowsPerSecond, tokensPerSecond) =>
    `每秒 ${decimal(rowsPerSecond, rowsPerSecond < 10 ? 1 : 0)} 行${tokensPerSecond === null ? '' : `（${speed(tokensPerSecond)} 个词元）`}。`,
  compared: (speeds) =>
    `实测：${speeds.map(({ backend, tokensPerSecond }) => `${names[backend]}每秒 ${speed(tokensPerSecond)} 个词元`).join('，')}。已选用较快的一个。`,
  chosen: '在“更多设置”里选定。',
  oneThread: '只能用一个线程：这个网站没有发送多线程所需的响应头，所以会慢一些。',
  why: '为什么不用显卡？',
  refused,
  refusedProcessor,
  memory: (total) => `大约需要 ${bytes(total)} 内存`,
  memoryParts: {
    weights: '权重',
    gradients: '梯度：每个权重该往哪边挪',
    moments: '动量：优化器记下的滑动平均',
    activations: '激活值：在模型里一层层传递的数',
  },
  memoryMuch: (gigabytes) =>
    `这台电脑的内存一共大约 ${decimal(gigabytes, gigabytes < 1 ? 1 : 0)} GB，会比较吃紧。批大小或最大长度小一些，就更省内存。`,
  setting: '计算方式',
  settingNote: '“自动”会试一试显卡和处理器，用较快的那个。TensorFlow.js 是另一套引擎，可用来对照。这个选择会保存在浏览器里。',
  choices: {
    automatic: '自动（用较快的）',
    webgpu: '显卡',
    wasm: '处理器',
    'tfjs-webgpu': '显卡（TensorFlow.js）',
    'tfjs-wasm': '处理器（TensorFlow.js）',
  },
  notStarted: '这一种没能启动。',
  backToAutomatic: '改为自动选择',
  refusedCause: (backend, reason) => {
    const onProcessor = !backend.includes('webgpu');
    const known = reason.split(' ', 1)[0] as DeviceRefusal;
    const why = (onProcessor ? refusedProcessor[known] : undefined) ?? refused[known] ?? '';
    return `${names[backend as BackendId] ?? backend}没能启动。${why}`;
  },
  wrongNumbers: ({ device, kernel, size, difference, allowed }) =>
    device === 'CPU'
      ? `处理器上的快速引擎在 ${grouped(size)} 的“${kernel}”运算中算错了数：误差 ${order(difference)}，允许 ${order(allowed)}。已停用，改用较慢的引擎计算。`
      : `这块显卡（${device}）在 ${grouped(size)} 的“${kernel}”运算中算错了数：误差 ${order(difference)}，允许 ${order(allowed)}。已停用显卡，改用处理器计算。`,
  smallerBatches: (total) => `设备放不下一整批，改为每次计算 ${number(total)} 行，结果不变。`,
  resumed: (lostAt, step) =>
    `显卡驱动在第 ${number(lostAt)} 步时重置了，正在从${step === 0 ? '头' : `第 ${number(step)} 步`}继续。`,
  wentOn: (lostAt, step) =>
    `显卡驱动在第 ${number(lostAt)} 步时重置过，之后从${step === 0 ? '头' : `第 ${number(step)} 步`}继续。`,
  details: {
    engine: '引擎',
    engines: { own: 'Anneal 自带', tfjs: 'TensorFlow.js' },
    device: '设备',
    threads: '线程数',
    memory: '所需内存',
    choices: '计算细节',
    build: '编译版本',
    tile: '分块行数',
  },
} satisfies DeviceMessages;
