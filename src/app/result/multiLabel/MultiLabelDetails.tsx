import type { MultiLabelReport } from '../../../domain';
import { ClassTable } from '../parts/ClassTable';
import { wrongFirst } from '../parts/ordering';
import { WrongRows } from '../parts/WrongRows';
import { useOpenRows } from '../rows/openRows';
import { useSpeech } from '../speech';

export function MultiLabelDetails({ report }: { report: MultiLabelReport }) {
  const { messages, format } = useSpeech();
  const openRows = useOpenRows();
  const { labels, predictions } = report;
  const openLabel = (name: string) => {
    const id = labels.indexOf(name);
    const own = predictions.filter(({ label, predicted }) => label.includes(id) || predicted.includes(id));
    const sorted = wrongFirst(own, ({ label, predicted }) => label.includes(id) === predicted.includes(id));
    const scores = { name: messages.result.score, texts: sorted.map((one) => format.percent(one.scores[id] ?? 0)) };
    openRows({ ...messages.reports.labelRows(name), predictions: sorted, scores });
  };
  return (
    <>
      <WrongRows report={report} />
      <ClassTable classes={report.classes} onOpen={openLabel} />
    </>
  );
}
