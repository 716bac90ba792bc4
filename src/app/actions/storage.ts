/** How much room is left and whether anything is kept: asked anew after each change. */
import { projectWorker } from '../workers';
import { useProject } from '../store/project';

export async function refreshStorage(): Promise<void> {
  const storage = await projectWorker.request('storage', {}).catch(() => null);
  if (storage) useProject.setState({ storage });
}
