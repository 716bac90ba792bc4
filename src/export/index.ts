/** What one leaves with: exporters, archives, and the check that what was written says the same as the model. */
export type { Exporter, ExportContext, ExportEntry, JsonObject, JsonValue, RunFacts } from './exporter';
export { exporters } from './registry';
export { huggingFaceExporter } from './huggingface';
export { useLines } from './huggingface/card-tasks';
export { readZip, zipEntries } from './zip';
export { compareLogits, DEFAULT_LOGIT_LIMIT, parseExportedFolder, type ExportedFolder, type LogitComparison } from './check';
