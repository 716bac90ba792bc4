import { isOlderThanData } from '../../domain';
import { train } from '../actions/train';
import { Button } from '../components/Button';
import { useMessages } from '../messages';
import { useProject } from '../store/project';
import { useRun } from '../store/run';

/** Says at the top of the Result place that the data have changed since the run. */
export function OlderReport() {
  const messages = useMessages();
  const words = messages.fixes.older;
  const { recipe, files, ownership, dataError } = useProject();
  const { view, training } = useRun();
  if (view.report === null || view.recipe === null || recipe === null || training) return null;
  const now = files && { ...files, test: recipe.split.testSource === 'file' ? files.test : null };
  if (!isOlderThanData({ recipe: view.recipe, files: view.files }, { recipe, files: now })) return null;
  return (
    <section className="card card-notice" role="status" data-older-report>
      <p>
        <strong>{words.heading}</strong> {words.note}
      </p>
      <div className="card-actions">
        <Button disabled={ownership !== 'owner' || dataError !== null} onClick={() => void train()}>
          {messages.training.trainAgain}
        </Button>
      </div>
    </section>
  );
}
