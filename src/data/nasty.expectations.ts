/**
 * What each file of the shared folder of awkward CSV files must give. `sha256` (its first 16 digits) is over all kept cells as Python's csv
 * module reads them (cells joined by U+001F, rows by U+001E); it is absent where that module reads otherwise, and why
 * is said there. First and last rows: spreadsheet row, then the first 40 characters of each cell.
 */
import type { Delimiter, EncodingName, ErrorCode, SetAsideReason } from '../domain';

export interface TableExpectation {
  file: string;
  /** Left out: UTF-8, comma, a header, no skipped lines, no row set aside. */
  encoding?: EncodingName;
  delimiter?: Delimiter;
  hasHeader?: boolean;
  skippedLines?: number;
  columns: string[];
  rows: number;
  /** Row and reason of each, or how many where there are more than four. */
  setAside?: [number, SetAsideReason][] | number;
  first?: [number, ...string[]];
  last?: [number, ...string[]];
  sha256?: string;
}

export interface ErrorExpectation {
  file: string;
  error: { code: ErrorCode; facts: Record<string, unknown> };
}

export const nastyFiles: (TableExpectation | ErrorExpectation)[] = [
  {
    file: 'csv-spectrum/comma_in_quotes.csv', columns: ['first', 'last', 'address', 'city', 'zip'], rows: 1,
    first: [2, 'John', 'Doe', '120 any st.', 'Anytown, WW', '08123'],
    last: [2, 'John', 'Doe', '120 any st.', 'Anytown, WW', '08123'], sha256: 'a3470f75e8cc29b2',
  },
  {
    file: 'csv-spectrum/empty.csv', columns: ['a', 'b', 'c'], rows: 2, first: [2, '1', '', ''],
    last: [3, '2', '3', '4'], sha256: '3bfbe9224771de21',
  },
  {
    file: 'csv-spectrum/empty_crlf.csv', columns: ['a', 'b', 'c'], rows: 2, first: [2, '1', '', ''],
    last: [3, '2', '3', '4'], sha256: '3bfbe9224771de21',
  },
  {
    file: 'csv-spectrum/escaped_quotes.csv', columns: ['a', 'b'], rows: 2, first: [2, '1', 'ha "ha" ha'],
    last: [3, '3', '4'], sha256: '9e8db260be0e409b',
  },
  {
    file: 'csv-spectrum/json.csv', columns: ['key', 'val'], rows: 1,
    first: [2, '1', '{"type": "Point", "coordinates": [102.0,'],
    last: [2, '1', '{"type": "Point", "coordinates": [102.0,'], sha256: 'a22f5d7fedc6ba8f',
  },
  {
    file: 'csv-spectrum/location_coordinates.csv',
    columns: ['Contact Phone Number', 'Location Coordinates', 'Cities', 'Counties'], rows: 1,
    first: [2, '2095257564', "37\ufffd36'37.8\"N 121\ufffd2'17.9\"W", 'Modesto', 'Stanislaus'],
    last: [2, '2095257564', "37\ufffd36'37.8\"N 121\ufffd2'17.9\"W", 'Modesto', 'Stanislaus'],
    sha256: '5a6266b5f40d63cc',
  },
  {
    file: 'csv-spectrum/newlines.csv', columns: ['a', 'b', 'c'], rows: 3, first: [2, '1', '2', '3'],
    last: [4, '7', '8', '9'], sha256: '481abe3c1bca2e5d',
  },
  {
    file: 'csv-spectrum/newlines_crlf.csv', columns: ['a', 'b', 'c'], rows: 3, first: [2, '1', '2', '3'],
    last: [4, '7', '8', '9'], sha256: '481abe3c1bca2e5d',
  },
  {
    file: 'csv-spectrum/quotes_and_newlines.csv', columns: ['a', 'b'], rows: 2, first: [2, '1', "ha \n\"ha\" \nha"],
    last: [3, '3', '4'], sha256: 'd56d2d616e4aa53a',
  },
  {
    file: 'csv-spectrum/simple.csv', columns: ['a', 'b', 'c'], rows: 1, first: [2, '1', '2', '3'],
    last: [2, '1', '2', '3'], sha256: '7d86b02fd952d1d3',
  },
  {
    file: 'csv-spectrum/simple_crlf.csv', columns: ['a', 'b', 'c'], rows: 1, first: [2, '1', '2', '3'],
    last: [2, '1', '2', '3'], sha256: '7d86b02fd952d1d3',
  },
  {
    file: 'csv-spectrum/utf8.csv', columns: ['a', 'b', 'c'], rows: 2, first: [2, '1', '2', '3'],
    last: [3, '4', '5', 'ʤ'], sha256: 'cb11eb1bbd734260',
  },
  {
    file: 'csv-test-files/CSV-basic-ISO-8859-1.CRLF.csv', encoding: 'windows-1252',
    columns: ['first_name', 'last_name', 'age'], rows: 3, first: [2, 'John', 'Smith', '37'],
    last: [4, 'Hélène', 'Mahé', '42'], sha256: '90eb9fa8df4c8f18',
  },
  {
    file: 'csv-test-files/CSV-basic-ISO-8859-1.LF.csv', encoding: 'windows-1252',
    columns: ['first_name', 'last_name', 'age'], rows: 3, first: [2, 'John', 'Smith', '37'],
    last: [4, 'Hélène', 'Mahé', '42'], sha256: '90eb9fa8df4c8f18',
  },
  {
    file: 'csv-test-files/test.csvy.UTF8.RFC4180.csvy', skippedLines: 16, columns: ['var1', 'var2', 'var3'],
    rows: 2, first: [18, 'A', '1', '2.5'], last: [19, 'B', '3', '4.3'], sha256: 'd4b877cb7f691e1d',
  },
  {
    file: 'csvkit/bad.csv', columns: ['column_a', 'column_b', 'column_c'], rows: 3,
    setAside: [[2, 'too-many-cells'], [3, 'too-few-cells']], first: [4, '0', 'mixed types.... uh oh', '17'],
    last: [4, '0', 'mixed types.... uh oh', '17'], sha256: '7eb8122e3dedbc7e',
  },
  {
    file: 'csvkit/bad_skip_lines.csv', skippedLines: 3, columns: ['column_a', 'column_b', 'column_c'], rows: 3,
    setAside: [[5, 'too-many-cells'], [6, 'too-few-cells']], first: [7, '0', 'mixed types.... uh oh', '17'],
    last: [7, '0', 'mixed types.... uh oh', '17'], sha256: '7eb8122e3dedbc7e',
  },
  {
    file: 'csvkit/blanks.csv', columns: ['a', 'b', 'c', 'd', 'e', 'f'], rows: 1,
    first: [2, '', 'NA', 'N/A', 'NONE', 'NULL', '.'], last: [2, '', 'NA', 'N/A', 'NONE', 'NULL', '.'],
    sha256: '27b9a11f65ade382',
  },
  {
    file: 'csvkit/dummy.tsv', delimiter: "\t", columns: ['a', 'b', 'c'], rows: 1, first: [2, '1', '2', '3'],
    last: [2, '1', '2', '3'], sha256: '7d86b02fd952d1d3',
  },
  {
    file: 'csvkit/dummy_col_shuffled_ragged.csv', columns: ['b', 'c', 'a', 'd'], rows: 1,
    first: [2, '2', '3', '1', '4'], last: [2, '2', '3', '1', '4'], sha256: '8c0d5e551c04fe21',
  },
  { file: 'csvkit/empty.csv', error: { code: 'data.no-rows', facts: { kind: 'blank-lines' } } },
  {
    file: 'csvkit/mac_newlines.csv', columns: ['a', 'b', 'c'], rows: 2, first: [2, '1', '2', '3'],
    last: [3, "Once upon\ra time", '5', '6'], sha256: '8d6c60e6b9937cb4',
  },
  {
    file: 'csvkit/no_header_row.csv', hasHeader: false, columns: ['column 1', 'column 2', 'column 3'], rows: 1,
    first: [1, '1', '2', '3'], last: [1, '1', '2', '3'], sha256: '7d86b02fd952d1d3',
  },
  {
    file: 'csvkit/null_byte.csv', columns: ['a', 'b', 'c'], rows: 1, first: [2, "\u0000", '2', '3'],
    last: [2, "\u0000", '2', '3'], sha256: 'a2e69759c577db29',
  },
  {
    file: 'csvkit/optional_quote_characters.csv', columns: ['a', 'b', 'c'], rows: 1, first: [2, '1', '2', '3'],
    last: [2, '1', '2', '3'], sha256: '7d86b02fd952d1d3',
  },
  {
    file: 'csvkit/test_empty_columns.csv', columns: ['a', 'b', 'c', 'column 4', 'column 5'], rows: 3,
    setAside: [[3, 'too-few-cells']], first: [2, 'a', '', '', '', ''], last: [4, '', '', '', '', ''],
    sha256: '5d1a92c23f7f0054',
  },
  {
    file: 'csvkit/test_empty_columns_long_row.csv', columns: ['a', 'b', 'c'], rows: 1, first: [2, '', '', ''],
    last: [2, '', '', ''], sha256: 'b8c9e440ead3ddac',
  },
  {
    file: 'csvkit/test_empty_columns_short_row.csv', columns: ['a', 'b', 'c'], rows: 1,
    setAside: [[2, 'too-few-cells']], sha256: 'e3b0c44298fc1c14',
  },
  {
    file: 'csvkit/test_extra_header.csv', columns: ['a', 'b', 'c', 'd'], rows: 1, setAside: [[2, 'too-few-cells']],
    sha256: 'e3b0c44298fc1c14',
  },
  {
    file: 'csvkit/test_header_newline.csv', columns: ["start \t\n\u000b\f\r end", 'b', 'c'], rows: 1,
    first: [2, 'd', 'e', 'f'], last: [2, 'd', 'e', 'f'], sha256: '0cd0d9416727de83',
  },
  {
    file: 'csvkit/test_join_short_rows.csv', columns: ['a', 'b', 'c'], rows: 3,
    setAside: [[2, 'too-few-cells'], [3, 'too-few-cells']], first: [4, '3', 'b', 'c'], last: [4, '3', 'b', 'c'],
    sha256: 'a1e58ab54a7e0932',
  },
  {
    file: 'csvkit/test_latin1.csv', encoding: 'windows-1252', columns: ['a', 'b', 'c'], rows: 2,
    first: [2, '1', '2', '3'], last: [3, '4', '5', '©'], sha256: '6ccdba5b90405d2a',
  },
  {
    file: 'csvkit/test_locale.csv', columns: ['a', 'b', 'c'], rows: 1, first: [2, '1,7', '200.000.000', ''],
    last: [2, '1,7', '200.000.000', ''], sha256: '118a8c442d122d67',
  },
  {
    file: 'csvkit/test_skip_lines.csv', skippedLines: 3, columns: ['a', 'b', 'c'], rows: 1,
    first: [5, '1', '2', '3'], last: [5, '1', '2', '3'], sha256: '7d86b02fd952d1d3',
  },
  {
    file: 'csvkit/test_utf16_big.csv', encoding: 'utf-16be', columns: ['a', 'b', 'c'], rows: 2,
    first: [2, '1', '2', '3'], last: [3, '4', '5', 'ʤ'], sha256: 'cb11eb1bbd734260',
  },
  {
    file: 'csvkit/test_utf16_little.csv', encoding: 'utf-16le', columns: ['a', 'b', 'c'], rows: 2,
    first: [2, '1', '2', '3'], last: [3, '4', '5', 'ʤ'], sha256: 'cb11eb1bbd734260',
  },
  {
    file: 'csvkit/test_utf8.csv', columns: ['foo', 'bar', 'baz'], rows: 2, first: [2, '1', '2', '3'],
    last: [3, '4', '5', 'ʤ'], sha256: 'cb11eb1bbd734260',
  },
  {
    file: 'csvkit/test_utf8_bom.csv', columns: ['foo', 'bar', 'baz'], rows: 2, first: [2, '1', '2', '3'],
    last: [3, '4', '5', 'ʤ'], sha256: 'cb11eb1bbd734260',
  },
  {
    file: 'derived/banking77_no_header.csv', hasHeader: false, columns: ['column 1', 'column 2'], rows: 200,
    first: [1, 'There is a €1 extra fee in my statement', 'extra_charge_on_statement'],
    last: [200, "Why can't I use my card?", 'card_not_working'], sha256: '9d72df182a4c6db9',
  },
  {
    file: 'derived/banking77_one_row_per_class.csv', columns: ['text', 'category'], rows: 68,
    first: [2, 'There is a €1 extra fee in my statement', 'extra_charge_on_statement'],
    last: [69, "Why can't I see my top up?", 'topping_up_by_card'], sha256: '4ee5e4dce2402c16',
  },
  {
    file: 'derived/banking77_quotes_and_newlines.csv', columns: ['text', 'category'], rows: 31,
    first: [2, "\nI can't seem to be able to use my card\n", 'card_not_working'],
    last: [32, 'Hi, I had an issue with my card payment ', 'reverted_card_payment?'], sha256: '573a148426c42448',
  },
  {
    file: 'derived/banking77_ragged_and_dirty.csv', columns: ['text', 'category'], rows: 240, setAside: 40,
    first: [2, 'There is a €1 extra fee in my statement', ''],
    last: [244, "Why can't I use my card?", 'card_not_working'], sha256: '4571a11b2ead1d48',
  },
  {
    file: 'derived/banking77_single_class.csv', columns: ['text', 'category'], rows: 50,
    first: [2, 'Why is there an extra fee on my statemen', 'extra_charge_on_statement'],
    last: [51, 'Why do I see an extra fee on my statemen', 'extra_charge_on_statement'], sha256: '93b27a0feaf9d79a',
  },
  {
    file: 'derived/duplicate_headers.csv', columns: ['text', 'label', 'label (2)'], rows: 50,
    first: [2, 'one long string of cliches .', 'negative', 'negative'],
    last: [51, "it 's a bit disappointing that it only m", 'negative', 'negative'], sha256: 'cde88743e80e2255',
  },
  {
    file: 'derived/goemotions_emoji_labels_comma.csv', columns: ['text', 'labels'], rows: 100,
    first: [2, " I'm scared to even ask my mom ,I might ", 'fear'],
    last: [101, "\"Just \"\"asking for a friend\"\"...huh? \ud83d\ude02\"", 'curiosity'],
    sha256: 'cb819e51ce2f8e75',
  },
  {
    file: 'derived/goemotions_emoji_labels_json.csv', columns: ['text', 'labels'], rows: 100,
    first: [2, " I'm scared to even ask my mom ,I might ", '["fear"]'],
    last: [101, "\"Just \"\"asking for a friend\"\"...huh? \ud83d\ude02\"", '["curiosity"]'],
    sha256: '0436f793e1c1ea82',
  },
  {
    file: 'derived/header_only.csv',
    error: { code: 'data.no-rows', facts: { kind: 'header-only', columns: ['text', 'label'] } },
  },
  {
    file: 'derived/imdb_longest_12.csv', columns: ['text', 'label'], rows: 12,
    first: [2, '"Spielberg loves the smell of sentiment ', 'negative'],
    last: [13, 'I might not be a huge admirer of the ori', 'negative'], sha256: 'c61d986061de5ebd',
  },
  {
    file: 'derived/sst2_numeric_labels.csv', columns: ['text', 'label'], rows: 200,
    first: [2, 'one long string of cliches .', '0'], last: [201, 'it does nothing new with the old story ,', '0'],
    sha256: 'ad654c7106ef46eb',
  },
  {
    file: 'derived/unclosed_quote.csv',
    error: { code: 'data.unclosed-quote', facts: { row: 42, column: 'text', byte: 4369, rowsBefore: 40 } },
  },
  {
    file: 'derived/waimai_gb18030.csv', encoding: 'gb18030', columns: ['评论', '标签'], rows: 300,
    first: [2, "\u5f88\u5feb\u5f88\u4e0d\u9519 \ud83d\ude00\ud842\udfb7", '好评'], last: [301, '送餐好慢，菜的味道还算不错', '差评'],
    sha256: 'ae9b004ad8092efb',
  },
  {
    file: 'derived/waimai_gbk_crlf.csv', encoding: 'gb18030', columns: ['评论', '标签'], rows: 299,
    first: [2, '很快很不错', '好评'], last: [300, '送餐好慢，菜的味道还算不错', '差评'], sha256: '131c7941222c9796',
  },
  {
    file: 'derived/waimai_mixed_utf8_then_gbk.csv',
    error: { code: 'data.mixed-encoding', facts: { encoding: 'utf-8', row: 52, byte: 3357, likely: 'gb18030' } },
  },
  {
    file: 'derived/waimai_utf16be_bom.csv', encoding: 'utf-16be', columns: ['评论', '标签'], rows: 299,
    first: [2, '很快很不错', '好评'], last: [300, '送餐好慢，菜的味道还算不错', '差评'], sha256: '131c7941222c9796',
  },
  {
    file: 'derived/waimai_utf16le_bom_tab.csv', encoding: 'utf-16le', delimiter: "\t", columns: ['评论', '标签'],
    rows: 299, first: [2, '很快很不错', '好评'], last: [300, '送餐好慢，菜的味道还算不错', '差评'], sha256: '131c7941222c9796',
  },
  {
    file: 'derived/waimai_utf16le_nobom.csv', encoding: 'utf-16le', columns: ['评论', '标签'], rows: 100,
    first: [2, '很快很不错', '好评'], last: [101, '味道和以前一样的,棒棒。', '好评'], sha256: 'f6afc0238f5d68fc',
  },
  {
    file: 'derived/waimai_utf8_bom_semicolon.csv', delimiter: ';', columns: ['评论', '标签'], rows: 299,
    first: [2, '很快很不错', '好评'], last: [300, '送餐好慢，菜的味道还算不错', '差评'], sha256: '131c7941222c9796',
  },
  {
    file: 'derived/waimai_utf8_cr_only.csv', columns: ['评论', '标签'], rows: 100, first: [2, '很快很不错', '好评'],
    last: [101, '味道和以前一样的,棒棒。', '好评'], sha256: 'f6afc0238f5d68fc',
  },
  { file: 'derived/zero_bytes.csv', error: { code: 'data.no-rows', facts: { kind: 'zero-bytes' } } },
  // Three rows of headings one above the other: the first full one names the columns.
  {
    file: 'messytables/begrotingsanalyse-2011.csv', skippedLines: 3,
    columns: ['column 1', 'column 2', 'provincie', 'provincie (2)', 'provincie (3)', 'provincie (4)', 'provincie (5)', 'provincie (6)', 'provincie (7)', 'provincie (8)', 'provincie (9)', 'provincie (10)', 'provincie (11)', 'provincie (12)', 'column 15', 'column 16', 'column 17', 'column 18', 'column 19', 'column 20'],
    rows: 39,
    first: [5, '', '', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', '', '', '', '', '', ''],
    last: [43, '35', 'Aantal gemeenten', '22', '26', '12', '25', '55', '25', '57', '70', '13', '67', '33', '6', '', '', '', '', '', ''],
    sha256: '0a764a6f30c9c6e0',
  },
  // Spaces stand before a quoted cell; Python takes the quotes as text and cuts "6,000,000" in three.
  {
    file: 'messytables/complex.csv', columns: ['date', 'another date', 'temperature', 'place'], rows: 3,
    first: [2, '2011-01-01', ' 24 October 2011', ' 0', ''], last: [4, '2011-01-03', ' ', '6,000,000', 'Galway'],
  },
  {
    file: 'messytables/example.tsv', delimiter: "\t",
    columns: ['hour', 'expr1_0_imp', 'expr1_1_imp', 'ctrl1_0_imp', 'ctrl1_1_imp', 'expr1_0_hist', 'expr1_1_hist', 'ctrl1_0_hist', 'ctrl1_1_hist', 'expr1_0_ts', 'expr1_1_ts', 'expr1_0_hist_ctr', 'expr1_1_hist_ctr', 'ctrl1_0_hist_ctr', 'ctrl1_1_hist_ctr', 'expr1_0_ts_ctr', 'expr1_1_ts_ctr'],
    rows: 140,
    first: [2, '2012-06-22 00:00:00', '15955', '144', '15689', '183', '14', '2', '3', '5', '4', '0', '0.0009', '0.0139', '0.0002', '0.0273', '0.0003', '0.0000'],
    last: [141, '2012-06-27 19:00:00', '21488', '211', '21291', '182', '11', '7', '10', '1', '9', '0', '0.0005', '0.0332', '0.0005', '0.0055', '0.0004', '0.0000'],
    sha256: '174f7c722b1bb4a1',
  },
  {
    file: 'messytables/excel_pasting.csv', skippedLines: 3,
    columns: ['Year', '2000', '2001', '2002', '2003', '2004', '2005', '2006', '2007'], rows: 17,
    first: [5, 'Timber', '2,666', '2,274', '1,877', '1,999', '2,055', '1,632', '1,687', '1,751'],
    last: [21, 'Note: includes emissions from electricit', '', '', '', '', '', '', '', ''],
    sha256: 'abacaa6e8253c7f7',
  },
  {
    file: 'messytables/long.csv', hasHeader: false, columns: ['column 1'], rows: 4000, first: [1, 'foo'],
    last: [4000, 'foo'], sha256: '78c790cfc1183b36',
  },
  {
    file: 'messytables/null.csv', hasHeader: false, columns: ['column 1', 'column 2', 'column 3', 'column 4'],
    rows: 10, first: [1, '1', 'null', '0', '0'], last: [10, '10', 'null', '0', '0'], sha256: 'e092f2d35e9346e5',
  },
  {
    file: 'messytables/simple.csv', columns: ['date', 'temperature', 'place'], rows: 6,
    first: [2, '2011-01-01', '1', 'Galway'], last: [7, '2011-01-03', '5', 'Berkeley'], sha256: 'fa0a6890281bb4ab',
  },
  {
    file: 'messytables/simple.psv', delimiter: '|',
    columns: ['Year', 'New dwellings', 'Other dwellings', 'All dwellings', 'First time buyers', 'Former owner occupiers'],
    rows: 28, first: [2, '1986', '44000', '35000', '36000', '27000', '45000'],
    last: [29, '2013', '240000', '251000', '251000', '190000', '292000'], sha256: 'fac7a7d0fbc08aca',
  },
  {
    file: 'messytables/simple.ssv', delimiter: ';', columns: ['date', 'temperature', 'place'], rows: 6,
    first: [2, '2011-01-01', '1', 'Galway'], last: [7, '2011-01-03', '5', 'Berkeley'], sha256: 'fa0a6890281bb4ab',
  },
  { file: 'messytables/simple.unknown', error: { code: 'data.no-rows', facts: { kind: 'zero-bytes' } } },
  {
    file: 'messytables/skip_initials.csv', columns: ['field1', 'field2'], rows: 2,
    first: [2, 'hello', '    goodbye'], last: [3, 'hello2', 'goodbye2'], sha256: 'a6b102f6bc74288b',
  },
  // One row that may be a header or data: nothing to learn from either way.
  { file: 'messytables/small.csv', error: { code: 'data.no-rows', facts: { kind: 'header-only', columns: ['a'] } } },
  // One row that may be a header or data: nothing to learn from either way.
  {
    file: 'messytables/utf8bom.csv',
    error: { code: 'data.no-rows', facts: { kind: 'header-only', columns: ['kitten', 'win'] } },
  },
  {
    file: 'papaparse/long-sample.csv', hasHeader: false,
    columns: ['column 1', 'column 2', 'column 3', 'column 4', 'column 5', 'column 6', 'column 7'], rows: 8,
    first: [1, 'Grant', 'Dyer', 'Donec.elementum@orciluctuset.example', '2013-11-23T02:30:31-08:00', '2014-05-31T01:06:56-07:00', 'Magna Ut Associates', 'ljenkins'],
    last: [8, 'Talon', 'Salinas', 'posuere.vulputate.lacus@Donecsollicitudi', '2015-01-31T09:19:02-08:00', '2014-12-17T04:59:18-08:00', 'Aliquam Iaculis Incorporate', 'Phasellus@Quisquetincidunt.example'],
    sha256: 'bb3b5cd94c8de1b1',
  },
  {
    file: 'papaparse/malformed.tsv',
    error: { code: 'data.unclosed-quote', facts: { row: 9, column: 'lat', byte: 306, rowsBefore: 7 } },
  },
  {
    file: 'papaparse/sample-header.csv', columns: ['title', 'name'], rows: 2,
    first: [2, 'test title 01', 'test name 01'], last: [3, '', 'test name 02'], sha256: 'f8df15619b3d255b',
  },
  {
    file: 'papaparse/sample.csv', columns: ['A', 'B', 'C'], rows: 1, first: [2, 'X', 'Y', 'Z'],
    last: [2, 'X', 'Y', 'Z'], sha256: '7fb90ee7816ef47a',
  },
  {
    file: 'papaparse/utf-8-bom-sample.csv', columns: ['A', 'B', 'C'], rows: 1, first: [2, 'X', 'Y', 'Z'],
    last: [2, 'X', 'Y', 'Z'], sha256: '7fb90ee7816ef47a',
  },
  {
    file: 'papaparse/verylong-sample.csv', columns: ['placeholder', 'meaning of life', 'TLD'], rows: 2000,
    setAside: [[500, 'too-few-cells'], [1000, 'too-few-cells'], [1500, 'too-few-cells'], [2000, 'too-few-cells']],
    first: [2, 'Lorem ipsum dolor sit', '42', 'ABC'], last: [2001, 'Lorem ipsum dolor sit', '42', 'ABC'],
    sha256: '58cdebbd74d5c259',
  },
];
