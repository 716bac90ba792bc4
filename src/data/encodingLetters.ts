/** What written languages look like: the letters beyond ASCII that each uses, commonest first where that tells them. */
import type { EncodingName } from '../domain';

export interface LetterProfile {
  encoding: EncodingName;
  /** Lower case; letters beyond ASCII of a Latin alphabet in any order, of other alphabets by how often they occur. */
  letters: string;
  isLatin: boolean;
}

const latin: Partial<Record<EncodingName, string[]>> = {
  'windows-1252': [
    'àâæçéèêëîïôœùûüÿ', // French
    'äöüßé', // German
    'áéíñóúüºª', // Spanish
    'ãõáâàçéêíóôúüºª', // Portuguese
    'àèéìíîòóùú', // Italian
    'åäöæøéüà', // Scandinavian, Finnish
    'áéíóúýæöðþ', // Icelandic
    'ëïéèöüáó', // Dutch
    'àçéèíïóòúü·', // Catalan
    'äõöüšž', // Estonian
  ],
  'windows-1250': [
    'ąćęłńóśźż', // Polish
    'áčďéěíňóřšťúůýž', // Czech
    'áäčďéíĺľňóôŕšťúýž', // Slovak
    'áéíóöőúüű', // Hungarian
    'ăâîşţ', // Romanian
    'čćđšž', // Croatian, Slovenian
    'äöüßé',
  ],
  'windows-1254': ['çğıöşüâîûi̇İ'],
  'windows-1257': [
    'ąčęėįšųūž', // Lithuanian
    'āčēģīķļņšūž', // Latvian
  ],
  // The accents of Vietnamese are letters of their own there.
  'windows-1258': ['đơưăâêôàáèéìíòóùúý\u0300\u0301\u0303\u0309\u0323'],
};

const others: Partial<Record<EncodingName, string[]>> = {
  'windows-1251': [
    'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё', // Russian
    'оаинвіертсклудмпзяьбгчйхжшїцюєщфґ', // Ukrainian
    'аоиетнрсвлкдпмзгъубчщжцяюйхшфь', // Bulgarian
    'аоиенрјтсвкдлупмзгбћчљшжцхђњџф', // Serbian
  ],
  'windows-1253': ['αοιετσνηυρπκμλςωόίάέδγήχύώθφβξζψϊϋΐΰ'],
  'windows-1255': ['יוהלארתבמשנםדקעחפצסגכזטןךףץ'],
  'windows-1256': ['اليمنروتهبعدفسكحقجأةشصىطخضإذزءئظغثآؤپچژگ'],
};

function profilesOf(alphabets: Partial<Record<EncodingName, string[]>>, isLatin: boolean): LetterProfile[] {
  return Object.entries(alphabets).flatMap(([encoding, languages]) =>
    languages.map((letters) => ({ encoding: encoding as EncodingName, letters, isLatin })),
  );
}

export const letterProfiles: readonly LetterProfile[] = [...profilesOf(latin, true), ...profilesOf(others, false)];

/** Signs that are at home in text of any language, so that they tell nothing. */
export const neutralSigns = new Set('\u00a0¡¢£¤¥§¨©«¬®°±´¶·¸»¿×÷€‚„…†‡‰‹‘’“”•–—™›²³¹ºª¼½¾µ№');

/** About the 150 commonest characters of each written language. */
export const commonHan = {
  gb18030:
    '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运快慢差错评',
  big5:
    '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運快慢差錯評',
  shift_jis:
    '日一国人年大十二本中長出三時行見月後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨会社的事者自分手部場新同地方対言回開立業発用定意度代通理体心作思合物経以最性全主文題不世界品使持感良楽味店料美悪好変',
} as const;
