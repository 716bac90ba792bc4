/** Places of the step's scalars and results, in words: SCALARS and RESULTS of plan/tensor.ts, which a test compares. */
export const SEED: i32 = 0;
export const STEP: i32 = 1;
export const DROPOUT_ENABLED: i32 = 2;
export const ROW_OFFSET: i32 = 3;
export const LOSS_SCALE: i32 = 4;
export const LEARNING_RATE: i32 = 5;
export const WEIGHT_DECAY: i32 = 6;
export const BETA_1: i32 = 7;
export const BETA_2: i32 = 8;
export const EPSILON: i32 = 9;
export const MAX_GRAD_NORM: i32 = 10;
export const CORRECTION_1: i32 = 11;
export const CORRECTION_2: i32 = 12;
export const SEGMENTS: i32 = 13;

export const LOSS: i32 = 0;
export const GRADIENT_NORM: i32 = 1;
export const CLIP_COEFFICIENT: i32 = 2;
export const NON_FINITE_CHUNK: i32 = 3;
