import { useMemo } from 'react';
import type { RegressionReport } from '../../../domain';
import { WrongRows } from '../parts/WrongRows';
import { kindOf } from '../reportKinds';
import { PredictedPart } from './PredictedPart';

export function RegressionDetails({ report }: { report: RegressionReport }) {
  const sorted = useMemo(() => kindOf(report).wrong(report), [report]);
  return (
    <>
      <PredictedPart report={report} sorted={sorted} />
      <WrongRows report={report} />
    </>
  );
}
