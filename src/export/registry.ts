/** The exporters there are. A new one adds its folder and a line here. */
import type { Exporter } from './exporter';
import { huggingFaceExporter } from './huggingface';

export const exporters: readonly Exporter[] = [huggingFaceExporter];
