/** Every kind of report, one line each. */
import type { Report } from '../../domain';
import { classification } from './classification';
import { multiLabel } from './multiLabel';
import { regression } from './regression';
import type { ReportKind } from './reportKind';
import { tokens } from './tokens';

const kinds: { [Kind in Report['kind']]: ReportKind<Extract<Report, { kind: Kind }>> } = {
  class: classification,
  labels: multiLabel,
  number: regression,
  tokens,
};

export function kindOf<Of extends Report>({ kind }: Of): ReportKind<Of> {
  // The map ties each kind to its report; a union of kinds cannot be looked up without saying so.
  return kinds[kind] as unknown as ReportKind<Of>;
}
