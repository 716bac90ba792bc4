/** Where a base model's bytes come from: the page's own folder, or one on disk. */
export {
  loadPackagedModel,
  type DownloadProgress,
  type HashCache,
  type PackagedModel,
  type PackagedModelOptions,
} from './packaged-model';
export { loadModelFromFiles } from './model-folder';
