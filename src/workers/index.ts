/** What the page may use of the workers: the client and the messages' types. */
export { WorkerClient, type RequestOptions } from './client';
export { receiveDataset } from './datasetMessages';
export type {
  DeviceEstimate,
  DroppedFolder,
  ExportFile,
  Progress,
  ProjectRequests,
  ProjectSnapshot,
  StorageState,
  RowLabels,
  TableRow,
  TableSummary,
  TextMeasure,
  TrainingRequests,
  TryAnswer,
  TryQuestion,
} from './protocol';
