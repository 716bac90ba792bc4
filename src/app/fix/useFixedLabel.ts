import { useEffect, useState } from 'react';
import type { RowPlace } from '../../domain';
import type { RowLabels } from '../../workers';
import { fetchRowLabel } from '../actions/fixes';
import { useProject } from '../store/project';

/** The label of a changed row as it is now and as the file has it; null while it is not changed or not known. */
export function useFixedLabel({ file, row }: RowPlace, isFixed: boolean): RowLabels | null {
  const fixes = useProject((state) => state.recipe?.data.fixes);
  const [labels, setLabels] = useState<RowLabels | null>(null);
  useEffect(() => {
    if (!isFixed) return setLabels(null);
    let current = true;
    void fetchRowLabel({ file, row }).then((found) => {
      if (current) setLabels(found);
    });
    return () => {
      current = false;
    };
  }, [file, row, isFixed, fixes]);
  return labels;
}
