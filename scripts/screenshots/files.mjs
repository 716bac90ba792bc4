/** Small made-up files for the pictures, one for each kind of file, task and fault. */
import { runnerImport } from 'vite';
import { root } from '../site.mjs';

const file = (name, content) => ({ name, mimeType: '', buffer: Buffer.from(content) });
const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const csv = (rows) => rows.map((cells) => `${cells.map((cell) => quoted(String(cell))).join(',')}\n`).join('');
const repeat = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const pick = (list, index) => list[index % list.length];

const packed = async () => (await runnerImport(`${root}/src/data/testFiles.ts`, { configFile: false, root })).module;

const dishes = ['noodle soup', 'dumplings', 'fried rice', 'bean curd', 'spring rolls', 'roast duck', 'hot pot'];
const praise = ['was warm and well seasoned', 'came on time and tasted fresh', 'was the best of the week', 'is what I order again'];
const blame = ['was cold when it came', 'came an hour late', 'had far too much salt', 'was missing from the bag'];

/** Reviews of food with `label`; each text is different. */
function reviews(count, labels = ['good', 'bad']) {
  return repeat(count, (row) => {
    const good = row % 2 === 0;
    return [`The ${pick(dishes, row)} ${pick(good ? praise : blame, Math.floor(row / 2))}, order ${row + 1}.`, labels[good ? 0 : 1]];
  });
}

const chineseReviews = (count) =>
  repeat(count, (row) => [row % 2 === 0 ? `第${row + 1}单：${pick(['味道不错，下次还来', '包装好，送得也快', '分量足，价格公道'], row)}` : `第${row + 1}单：${pick(['菜是凉的，等了两个小时', '少送了一份米饭', '汤全洒了，太失望'], row)}`, row % 2 === 0 ? '好评' : '差评']);

const places = ['London', 'Berlin', 'Nanjing', 'New York'];
const people = ['Ada Byron', 'Carl Gauss', 'Emmy Noether', 'Li Wei'];

function taggedSentence(index) {
  const person = pick(people, index).split(' ');
  const place = pick(places, index + 1).split(' ');
  const name = (words, kind) => words.map((word, place_) => [word, `${place_ === 0 ? 'B' : 'I'}-${kind}`]);
  return [...name(person, 'PER'), ...pick([['went', 'to'], ['lives', 'in'], ['wrote', 'from']], index).map((word) => [word, 'O']), ...name(place, 'LOC'), [`in`, 'O'], [`${1900 + index}`, 'O'], ['.', 'O']];
}

const tagged = (count) => file('people-and-places.conll', repeat(count, (index) => taggedSentence(index).map((pair) => pair.join(' ')).join('\n')).join('\n\n'));

/** The same as character ranges, as annotation tools write them. */
function spansOf(words) {
  const label = [];
  let text = '';
  for (const [word, tag] of words) {
    if (text !== '') text += ' ';
    if (tag.startsWith('B-')) label.push({ start: text.length, end: text.length + word.length, label: tag.slice(2) });
    text += word;
    if (tag.startsWith('I-')) label.at(-1).end = text.length;
  }
  return { text, label };
}

const pairs = (count) =>
  repeat(count, (row) => {
    const same = row % 2 === 0;
    return [`The ${pick(dishes, row)} costs ${row + 5} yuan.`, same ? `${row + 5} yuan is the price of the ${pick(dishes, row)}.` : `The ${pick(dishes, row + 3)} is served after ${row % 12} o’clock.`, same];
  });

/** Text in GBK: the table is read out of the decoder. */
function gbkOf(text) {
  const decoder = new TextDecoder('gbk');
  const bytes = new Map();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) bytes.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
  }
  return Buffer.from([...text].flatMap((character) => bytes.get(character) ?? [character.codePointAt(0)]));
}

export const header = ['text', 'label'];
const restaurant = csv([header, ...reviews(60)]);

export const formats = {
  csv: () => file('restaurant-reviews.csv', restaurant),
  jsonl: () => file('restaurant-reviews.jsonl', reviews(60).map(([text, label]) => JSON.stringify({ text, label })).join('\n')),
  parquet: async () => {
    const { parquetWriteBuffer } = await import('hyparquet-writer');
    const rows = reviews(60);
    return file('restaurant-reviews.parquet', new Uint8Array(parquetWriteBuffer({ columnData: header.map((name, place) => ({ name, data: rows.map((cells) => cells[place]), type: 'STRING' })) })));
  },
  xlsx: async () =>
    file('restaurant-reviews.xlsx', await (await packed()).xlsxOf([{ name: 'Spring 2024', rows: [header, ...reviews(60)] }, { name: '夏季', rows: [['评价', '标签'], ...chineseReviews(40)] }])),
  conll: () => tagged(60),
  spans: () => file('people-as-spans.jsonl', repeat(60, (index) => JSON.stringify(spansOf(taggedSentence(index)))).join('\n')),
  folders: async () => file('reviews-by-folder.zip', await (await packed()).zipOf(Object.fromEntries(reviews(60).map(([text, label], row) => [`${label}/review-${row + 1}.txt`, text])))),
  gbk: () => file('外卖评价.csv', gbkOf(csv([['评价', '标签'], ...chineseReviews(60)]))),
};
export const pastedText = [header, ...reviews(24)].map((cells) => cells.join('\t')).join('\n');

const topics = ['food', 'delivery', 'price', 'staff'];
const topicsOf = (row) => topics.filter((_, place) => (row >> place) % 2 === 1 || row % topics.length === place);
const aboutTopics = (row) => `${topicsOf(row).map((topic) => ({ food: `the ${pick(dishes, row)} was good`, delivery: 'the courier was quick', price: 'it was cheap', staff: 'they were friendly' })[topic]).join(' and ')}, visit ${row + 1}`;

const cases = ['fee', 'limit', 'delay', 'refund', 'loss', 'theft', 'change'];
const things = ['card', 'account', 'transfer', 'top up', 'exchange', 'cash', 'identity', 'address', 'device', 'currency', 'receipt'];

/** One file for each task; `pairs` are classified or scored. */
export const tasks = {
  'many-labels': () => file('banking.csv', csv([header, ...repeat(77 * 5, (row) => [`I have a question about a ${pick(cases, row)} of my ${things[Math.floor((row % 77) / 7)]}, case ${row}`, `${things[Math.floor((row % 77) / 7)].replace(' ', '_')}_${pick(cases, row)}`])])),
  'multi-label': () => file('review-topics.csv', csv([['text', 'topics'], ...repeat(240, (row) => [aboutTopics(row), topicsOf(row).join('|')])])),
  'zero-one': () => file('review-topics-01.csv', csv([['text', ...topics], ...repeat(240, (row) => [aboutTopics(row), ...topics.map((topic) => Number(topicsOf(row).includes(topic)))])])),
  number: () => file('readability.csv', csv([['excerpt', 'readability'], ...repeat(240, (row) => [`${repeat(3 + (row % 12), (word) => pick([...dishes, 'and', 'because'], row + word)).join(' ')}, part ${row + 1}`, (((row % 12) - 6) / 3 + (row % 5) / 20).toFixed(2)])])),
  'pair-classified': () => file('paraphrases.csv', csv([['sentence1', 'sentence2', 'label'], ...pairs(240).map(([first, second, same]) => [first, second, same ? 'equivalent' : 'different'])])),
  'pair-scored': () => file('similarity.csv', csv([['sentence1', 'sentence2', 'score'], ...pairs(240).map(([first, second, same], row) => [first, second, (same ? 3.5 + (row % 4) * 0.4 : (row % 5) * 0.35).toFixed(1)])])),
  tokens: () => tagged(240),
};

/** What is typed into the try box of each task. */
export const typed = {
  'many-labels': ['I have a question about a fee of my transfer'],
  'multi-label': ['the courier was quick and it was cheap'],
  'zero-one': ['the courier was quick and it was cheap'],
  number: ['noodle soup and dumplings because fried rice and hot pot'],
  'pair-classified': ['The hot pot costs 9 yuan.', '9 yuan is the price of the hot pot.'],
  'pair-scored': ['The hot pot costs 9 yuan.', 'The roast duck is served after 8 o’clock.'],
  tokens: ['Ada Byron lives in New York in 1931 .'],
};

const fruit = ['apples', 'pears'];
export const faults = {
  'zero-bytes': () => file('reviews.csv', ''),
  'header-only': () => file('reviews.csv', 'message,intent\n'),
  picture: () => file('reviews.csv', Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')),
  'one-class': () => file('one-source.csv', csv([['text', 'fruit', 'source'], ...repeat(60, (row) => [`message ${row} about ${pick(fruit, row)}`, pick(fruit, row), 'shop'])])),
  'rare-labels': () => file('rare.csv', csv([header, ...reviews(40), ['a lone quince', 'quince'], ['a medlar, once', 'medlar'], ['two plums', 'plum'], ['three plums', 'plum'], ['one mulberry', 'mulberry']])),
  'close-encodings': () => file('short.csv', Buffer.from(`text,label\n${reviews(16).map(([text, label]) => `${text.replaceAll(',', '')} \xc6\xaf\xc1\xc1,${label}\n`).join('')}`, 'latin1')),
  'mixed-encoding': () => file('two-encodings.csv', Buffer.concat([Buffer.from(csv([['评价', '标签'], ...chineseReviews(50)])), gbkOf(csv(chineseReviews(80).slice(50)))])),
  ragged: () => file('ragged.csv', ['text,label,label', ...reviews(30).map(([text, label]) => `${quoted(text)},${label},x`), '', 'short of two cells', 'too long,good,3,more', ',bad,x', '   ,bad,x', 'no label here,,x', '', 'tidied in the end, bad ,x'].join('\n')),
  'unclosed-quote': () => file('unclosed.csv', `${csv([header, ...reviews(40)])}"this quote never ends,bad\n${csv(reviews(20))}`),
  'too-many-classes': () => file('titles.csv', csv([['text', 'title', 'shelf'], ...repeat(60, (row) => [`a book about ${pick(dishes, row)} in ${row}`, `The ${row} ${pick(dishes, row)}`, pick(['cooking', 'travel'], row)])])),
  'damaged-row': () => file('cut.jsonl', [...reviews(20).map(([text, label]) => JSON.stringify({ text, label })), '{"text": "cut', ...reviews(10).map(([text, label]) => JSON.stringify({ text, label }))].join('\n')),
};

/** Everything the doctor can find in a small file, and a test file that shares rows with it. */
export const planted = () =>
  file('planted.csv', csv([header, ...reviews(60), ['Where is my parcel?', 'bad'], ['where is  my parcel', 'bad'], ['Where is my parcel?', 'bad'], ['the refund came late', 'bad'], ['The refund came late!', 'good'], ['ok', 'bad'], ['write to jane@example.org or call 13800138000', 'bad'], ['a word about the dumplings', 'ba-d'], [repeat(400, () => 'word').join(' '), 'good'], ['食堂的菜很好吃，下次还来', 'good']]));
export const plantedTest = () => file('planted-test.csv', csv([header, ...reviews(30)]));

/** Columns by which rows can be parted. */
export const parted = () =>
  file('by-person.csv', csv([[...header, 'person', 'date', 'split'], ...reviews(60).map((cells, row) => [...cells, `person ${row % 12}`, `${1 + (row % 28)}/${1 + (row % 12)}/2024`, ['train', 'train', 'train', 'train', 'validation', 'test'][Math.floor(row / 2) % 6]])]));

/** Two topics that nothing joins: no label looks wrong. */
export const clean = () => file('clean.csv', csv([header, ...repeat(60, (row) => (row % 2 === 0 ? [`The ${pick(dishes, row)} ${pick(praise, row >> 1)}, order ${row}.`, 'food'] : [`Train ${row} to ${pick(places, row)} leaves from platform ${row % 9}.`, 'travel']))]));

export const personal = () =>
  file('with-addresses.csv', csv([header, ['Please write to jane.doe@example.org about order 7.', 'bad'], ['My number is 13800138000, call me after six.', 'bad'], ['It was charged to 4111 1111 1111 1111 twice.', 'bad'], ...reviews(60)]));

/** About 200 MB, so that reading it can be watched. */
export function* largeLines() {
  yield 'text,label\n';
  for (let part = 0; part < 200; part += 1) yield repeat(10_000, (row) => `"a message with the number ${part * 10_000 + row} in it, and some more words after that, to be read one day",${row % 2 === 0 ? 'even' : 'odd'}\n`).join('');
}
