import { useState } from 'react';
import type { Prediction } from '../../domain';
import { Button } from '../components/Button';
import { ModalDialog } from '../components/ModalDialog';
import { useFormat, useMessages } from '../messages';
import { shortText, visibleText } from '../visibleText';

interface Props {
  title: string;
  labels: readonly string[];
  predictions: readonly Prediction[];
  onClose: () => void;
}

const pageSize = 50;

/** Test rows with label, answer and score. */
export default function PredictionsDialog({ title, labels, predictions, onClose }: Props) {
  const messages = useMessages();
  const format = useFormat();
  const [count, setCount] = useState(pageSize);
  const words = messages.result;
  return (
    <ModalDialog title={title} onClose={onClose}>
      <div className="table-scroll dialog-scroll" tabIndex={0} role="region" aria-label={title}>
        <table className="table predictions">
          <thead>
            <tr>
              <th scope="col">{words.row}</th>
              <th scope="col">{words.text}</th>
              <th scope="col">{words.label}</th>
              <th scope="col">{words.answer}</th>
              <th scope="col">{words.score}</th>
            </tr>
          </thead>
          <tbody>
            {predictions.slice(0, count).map(({ row, text, label, predicted, scores }) => (
              <tr key={row}>
                <td className="figure muted">{row}</td>
                <td className="break">{shortText(text, 600).text}</td>
                <td>{visibleText(labels[label] ?? '')}</td>
                <td>{visibleText(labels[predicted] ?? '')}</td>
                <td className="figure">{format.percent(scores[predicted] ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {predictions.length > count && (
        <Button onClick={() => setCount(count + pageSize)}>{messages.app.more}</Button>
      )}
    </ModalDialog>
  );
}
