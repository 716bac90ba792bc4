/** Tables and charts of every kind of report, one line each. */
import type { ComponentType } from 'react';
import type { Report } from '../../domain';
import { ClassificationDetails } from './classification/ClassificationDetails';
import { MultiLabelDetails } from './multiLabel/MultiLabelDetails';
import { RegressionDetails } from './regression/RegressionDetails';
import { TokenDetails } from './tokens/TokenDetails';

type Details<Of extends Report> = ComponentType<{ report: Of }>;

const details: { [Kind in Report['kind']]: Details<Extract<Report, { kind: Kind }>> } = {
  class: ClassificationDetails,
  labels: MultiLabelDetails,
  number: RegressionDetails,
  tokens: TokenDetails,
};

export function detailsOf({ kind }: Report): Details<Report> {
  // As in `reportKinds.ts`.
  return details[kind] as unknown as Details<Report>;
}
