/** Single instructions on the WASM engine: how its kernels are compared with their references. For tests. */
import { elementsOf, type PlanTensor, type TensorId } from '../../plan/tensor';
import { writesOf } from '../../plan/instruction';
import { decodeWords, encodeWords } from '../../check/encode';
import type { InstructionCase, InstructionRunner } from '../../check/runner';
import { encodeProgram, programWords } from './encode';
import type { EngineHost } from './host';
import { placeStep, placeTensors, tensorAddress } from './layout';
import { scratchNeeds } from './scratchNeeds';

export class WasmInstructionRunner implements InstructionRunner {
  readonly name: string;

  /** @param threads at most those of the host */
  constructor(
    private readonly host: EngineHost,
    readonly threads: number = host.threads,
  ) {
    this.name = `wasm ${host.build}, ${threads} thread${threads === 1 ? '' : 's'}, tile ${host.tile}`;
  }

  async run({ instruction, tensors, data }: InstructionCase): Promise<Map<TensorId, Float64Array>> {
    const { memory, exports } = this.host;
    const sizes = { ...scratchNeeds([instruction], exports), inputs: 0, results: 0, program: programWords([instruction]), arena: [] };
    const places = placeStep(this.host.firstFree, sizes, this.threads);
    const placed = placeTensors(places.end, tensors);
    memory.ensure(placed.end);
    const tensorOf = (id: TensorId): PlanTensor => {
      const tensor = tensors[id];
      if (!tensor) throw new Error(`There is no tensor ${id}.`);
      return tensor;
    };
    const start = (id: TensorId) => tensorAddress([placed], tensorOf(id));
    for (const [id, values] of data) memory.words().set(encodeWords(tensorOf(id), values), start(id) / 4);
    const program = encodeProgram([instruction], start, { ...places, sharedScratchBytes: sizes.shared, tile: this.host.tile });
    memory.words().set(program.words, places.program / 4);
    this.host.run(places.program, program.count, this.threads);
    return new Map(
      writesOf(instruction).map((id) => {
        const tensor = tensorOf(id);
        return [id, decodeWords(tensor, memory.words().slice(start(id) / 4, start(id) / 4 + elementsOf(tensor.shape)))];
      }),
    );
  }

  dispose(): void {
    this.host.dispose();
  }
}
