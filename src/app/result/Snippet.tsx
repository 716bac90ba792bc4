import { taskKinds, type Report } from '../../domain';
import { useLines } from '../../export';
import { CopyButton } from '../components/CopyButton';
import { useMessages } from '../messages';

function linesFor(report: Report, folder: string): string {
  // A pipeline says it shortest, and knows every label's score.
  if (report.kind === 'class' && !taskKinds[report.task].pair) {
    return [
      'from transformers import pipeline',
      `classify = pipeline("text-classification", "./${folder}")`,
      'print(classify("...", top_k=None))',
      'model = classify.model  # a torch.nn.Module',
    ].join('\n');
  }
  return useLines(report, `./${folder}`).join('\n');
}

/** The lines that open the download in PyTorch, as its model card has them. Loaded with the finished download. */
export default function Snippet({ report, folder }: { report: Report; folder: string }) {
  const messages = useMessages();
  return (
    <div className="snippet">
      <p className="small">{messages.result.opens}</p>
      <pre className="code" tabIndex={0} aria-label={messages.result.pytorch}>
        <code>{linesFor(report, folder)}</code>
      </pre>
      <CopyButton text={() => linesFor(report, folder)} done={messages.error.copied}>
        {messages.result.copyLines}
      </CopyButton>
    </div>
  );
}
