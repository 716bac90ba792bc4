import { CopyButton } from '../components/CopyButton';
import { useMessages } from '../messages';

function linesFor(folder: string): string {
  return [
    'from transformers import pipeline',
    `classify = pipeline("text-classification", "./${folder}")`,
    'print(classify("...", top_k=None))',
    'model = classify.model  # a torch.nn.Module',
  ].join('\n');
}

/** Four lines that open the download in PyTorch. */
export function Snippet({ folder }: { folder: string }) {
  const messages = useMessages();
  return (
    <div className="snippet">
      <p className="small">{messages.result.opens}</p>
      <pre className="code" tabIndex={0} aria-label={messages.result.pytorch}>
        <code>{linesFor(folder)}</code>
      </pre>
      <CopyButton text={() => linesFor(folder)} done={messages.error.copied}>
        {messages.result.copyLines}
      </CopyButton>
    </div>
  );
}
