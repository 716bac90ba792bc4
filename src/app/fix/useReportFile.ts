import type { RowPlace } from '../../domain';
import { useProject } from '../store/project';
import { useRun } from '../store/run';

/** The file that the report's rows are of; null where that file is not open any more, so that nothing can be changed in it. */
export function useReportFile(): RowPlace['file'] | null {
  const files = useProject((state) => state.files);
  const { recipe, files: before } = useRun((state) => state.view);
  if (recipe === null) return null;
  const file = recipe.split.testSource === 'file' ? 'test' : 'data';
  const [own, now] = [before?.[file], files?.[file]];
  const isSame = own ? own.sha256 === now?.sha256 : file === 'data' || now != null;
  return isSame ? file : null;
}
