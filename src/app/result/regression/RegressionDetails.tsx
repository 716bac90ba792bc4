import type { RegressionReport } from '../../../domain';
import { WrongRows } from '../parts/WrongRows';

export function RegressionDetails({ report }: { report: RegressionReport }) {
  return <WrongRows report={report} />;
}
