import { useEffect } from 'react';
import { useSpeech } from './result/speech';
import { summaryOf } from './result/summary';
import { useRun } from './store/run';
import { progressOf } from './store/runView';

/** Progress in the tab's title, so that a run can be followed from another tab. */
export function useTabTitle(): void {
  const speech = useSpeech();
  const { messages } = speech;
  const { training, view, progress } = useRun();
  let title = 'Anneal';
  if (training && view.step > 0) title = messages.app.titleTraining(progressOf(view), view.training.at(-1)?.smoothed ?? null);
  else if (training) title = messages.app.titlePhase(messages.training.phases[progress?.phase ?? 'waiting']);
  else if (view.report) title = messages.app.titleDone(summaryOf(view.report, speech));
  useEffect(() => {
    document.title = title;
  }, [title]);
}
