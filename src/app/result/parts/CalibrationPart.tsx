import type { Calibration, CalibrationBin } from '../../../domain';
import { ChartOrTable } from '../../charts/ChartOrTable';
import { fewestAnswers, filledBins, isSparse, ReliabilityChart } from '../../charts/ReliabilityChart';
import { useSpeech, type Speech } from '../speech';
import { OpenableTable } from './OpenableTable';

interface Props {
  kind: 'class' | 'labels' | 'tokens';
  calibration: Calibration;
  /** Opens the answers of a bin, where they are kept. */
  onOpen?: (bin: CalibrationBin) => void;
}

/** The group that says most of how it scores: the largest of those that are likelier than not, else the largest. */
export function tellingBin(bins: readonly CalibrationBin[]): ReturnType<typeof filledBins>[number] | undefined {
  const filled = filledBins(bins);
  const likely = filled.filter(({ confidence }) => confidence >= 0.5);
  return [...(likely.length > 0 ? likely : filled)].sort((left, right) => right.rows - left.rows)[0];
}

/** The scores of a bin, in words. */
export const binRange = ({ from, to }: CalibrationBin, { messages, format }: Speech): string => messages.charts.binRange(format.percent(from), format.percent(to));

/** Whether a score of 90 % is right 90 times in 100: in words, as a picture and as a table. */
export function CalibrationPart({ kind, calibration: { bins, expectedCalibrationError }, onOpen }: Props) {
  const speech = useSpeech();
  const { messages, format } = speech;
  const { charts: words } = messages;
  const telling = tellingBin(bins);
  if (!telling) return null;
  const heads = words.binHeads;
  return (
    <section className="stack-small">
      <ChartOrTable
        caption={words.calibration}
        chart={
          <>
            <ReliabilityChart bins={bins} />
            <p className="small muted">{messages.device.join([words.reliabilityNote, filledBins(bins).some(isSparse) ? words.reliabilityOpen(fewestAnswers) : null])}</p>
          </>
        }
        table={
          <OpenableTable
            name={words.calibration}
            heads={[heads.score, heads.says, heads.right, heads.answers]}
            rows={filledBins(bins).map((bin) => ({
              key: bin.from,
              name: binRange(bin, speech),
              cells: [format.percent(bin.confidence), format.percent(bin.accuracy), format.number(bin.rows)],
              onOpen: onOpen && (() => onOpen(bin)),
            }))}
          />
        }
      />
      <p>{words.calibrationSays[kind](format.percent(telling.confidence), telling.accuracy)}</p>
      <p className="small muted">{words.calibrationError(expectedCalibrationError)}</p>
    </section>
  );
}
