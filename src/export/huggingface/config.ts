/** `config.json` and `tokenizer_config.json` as transformers reads them. */
import type { Report, TrainingSettings } from '../../domain';
import { tasks } from '../../tasks';
import type { ExportContext, JsonObject, JsonValue } from '../exporter';

type ModelType = ExportContext['modelType'];

const ARCHITECTURES: Record<ModelType, Record<'sequence' | 'token', string>> = {
  bert: { sequence: 'BertForSequenceClassification', token: 'BertForTokenClassification' },
  distilbert: { sequence: 'DistilBertForSequenceClassification', token: 'DistilBertForTokenClassification' },
};

/** What an answer needs beside the logits; transformers keeps fields that it does not know. */
function ownFields(report: Report): JsonObject {
  if ('scaler' in report) return { anneal_target_mean: report.scaler.mean, anneal_target_standard_deviation: report.scaler.standardDeviation };
  return 'threshold' in report ? { anneal_threshold: report.threshold } : {};
}

/** The base model's configuration with a classification head's; its `transformers_version` stays as it was. */
export function modelConfig(base: JsonObject, modelType: ModelType, labels: string[], report: Report): JsonObject {
  // transformers counts the labels of id2label; a number of its own could only contradict it.
  const { num_labels: _count, _num_labels: _oldCount, problem_type: _oldType, ...kept } = base;
  const { head, problemType } = tasks[report.task];
  return {
    ...kept,
    architectures: [ARCHITECTURES[modelType][head]],
    model_type: modelType,
    // fromEntries makes own properties of any name, `__proto__` included.
    id2label: Object.fromEntries(labels.map((label, id) => [String(id), label])),
    label2id: Object.fromEntries(labels.map((label, id) => [label, id])),
    ...(problemType !== null && { problem_type: problemType }),
    ...ownFields(report),
    torch_dtype: 'float32',
  };
}

/**
 * `model_max_length` and `truncation_side` become those of training, so that `truncation=True` cuts where training cut.
 *
 * transformers' BERT tokenizers rebuild the normalizer of `tokenizer.json` where their own options differ from it
 * (models/bert/tokenization_bert_fast.py), so the options are taken from `tokenizer.json`, which training used.
 *
 * @param base null where the base model has no such file
 */
export function tokenizerConfig(base: JsonObject | null, tokenizerJson: JsonObject, modelType: ModelType, { maxLength, truncationSide = 'right' }: Pick<TrainingSettings, 'maxLength' | 'truncationSide'>): JsonObject {
  return { ...(base ?? plainTokenizer(modelType)), ...normalizerOptions(tokenizerJson['normalizer']), model_max_length: maxLength, truncation_side: truncationSide };
}

function normalizerOptions(normalizer: JsonValue | undefined): JsonObject {
  if (typeof normalizer !== 'object' || normalizer === null || Array.isArray(normalizer)) return {};
  if (normalizer['type'] !== 'BertNormalizer') return {};
  const options: JsonObject = {};
  const { lowercase, strip_accents: stripAccents, handle_chinese_chars: splitChinese } = normalizer;
  if (typeof lowercase === 'boolean') options['do_lower_case'] = lowercase;
  if (stripAccents !== undefined) options['strip_accents'] = stripAccents;
  if (typeof splitChinese === 'boolean') options['tokenize_chinese_chars'] = splitChinese;
  return options;
}

/** BERT's special tokens, and only the inputs that the model takes: DistilBERT has no token types. */
function plainTokenizer(modelType: ModelType): JsonObject {
  return {
    tokenizer_class: 'PreTrainedTokenizerFast',
    unk_token: '[UNK]',
    sep_token: '[SEP]',
    pad_token: '[PAD]',
    cls_token: '[CLS]',
    mask_token: '[MASK]',
    model_input_names: modelType === 'bert' ? ['input_ids', 'token_type_ids', 'attention_mask'] : ['input_ids', 'attention_mask'],
  };
}
