/**
 * What the threads of one step share: a barrier, ticket counters, and the mailbox through which the main thread
 * publishes a program. All of it lies in one control block of the shared memory, zero before first use; every word that
 * threads spin on has a cache line of its own.
 *
 * Built without threads, a barrier only resets the tickets.
 */

/** Bytes the host sets aside, zeroed, for the control block; aligned to 64. */
export const CONTROL_BYTES: i32 = 4096;

// Byte offsets in the control block.
const BARRIER_ARRIVED: usize = 0;
const BARRIER_GENERATION: usize = 64;
const BARRIER_SLEEPERS: usize = 128;
const TICKETS: usize = 192;
const STEP_GENERATION: usize = 256;
const STEP_PROGRAM: usize = 320;
const STEP_COUNT: usize = 324;
const STEP_THREADS: usize = 328;
/** One i32 per thread: the last step generation that the thread took up. */
const STEP_SEEN: usize = 512;

/** Ticket counters that a phase between two barriers may use side by side. */
const TICKET_COUNTERS: i32 = 4;
/** Looks at a word before sleeping: some tens of microseconds. A sleeper takes about as long again to wake. */
const SPINS: i32 = 20000;
/** A count that tells helpers to leave their loop. */
const STOP: i32 = -1;

let control: usize = 0;

/** Tells this instance where the control block lies; every thread's instance must be told before anything else. */
export function setControl(pointer: usize): void {
  control = pointer;
}

/** Draws the next number, from 0, of one of four counters; every barrier sets all counters back to 0. */
// @ts-ignore: decorator
@inline
export function nextTicket(counter: i32): i32 {
  const pointer = control + TICKETS + (<usize>counter << 2);
  if (ASC_FEATURE_THREADS) return atomic.add<i32>(pointer, 1);
  const ticket = load<i32>(pointer);
  store<i32>(pointer, ticket + 1);
  return ticket;
}

function resetTickets(): void {
  for (let counter = 0; counter < TICKET_COUNTERS; counter++) {
    const pointer = control + TICKETS + (<usize>counter << 2);
    if (ASC_FEATURE_THREADS) atomic.store<i32>(pointer, 0);
    else store<i32>(pointer, 0);
  }
}

/** Returns once all threads have called it; what each wrote before is then visible to all. */
export function barrier(threads: i32): void {
  if (!ASC_FEATURE_THREADS) return resetTickets();
  if (threads == 1) return resetTickets();
  const generation = atomic.load<i32>(control, BARRIER_GENERATION);
  if (atomic.add<i32>(control, 1, BARRIER_ARRIVED) == threads - 1) {
    // Nobody draws a ticket or arrives again before the generation changes, so both may be reset here.
    atomic.store<i32>(control, 0, BARRIER_ARRIVED);
    resetTickets();
    atomic.store<i32>(control, generation + 1, BARRIER_GENERATION);
    if (atomic.load<i32>(control, BARRIER_SLEEPERS) > 0) atomic.notify(control + BARRIER_GENERATION, -1);
    return;
  }
  for (let spin = 0; spin < SPINS; spin++) {
    if (atomic.load<i32>(control, BARRIER_GENERATION) != generation) return;
  }
  // Counted before the wait checks the word: the last arriver either sees a sleeper, or the wait sees its new word.
  atomic.add<i32>(control, 1, BARRIER_SLEEPERS);
  while (atomic.load<i32>(control, BARRIER_GENERATION) == generation) {
    atomic.wait<i32>(control + BARRIER_GENERATION, generation, -1);
  }
  atomic.sub<i32>(control, 1, BARRIER_SLEEPERS);
}

/** Main thread: hands a program to the helpers. All of them must take part in it and in its last barrier. */
export function publishStep(program: usize, count: i32, threads: i32): void {
  if (!ASC_FEATURE_THREADS) return;
  if (threads == 1) return;
  store<usize>(control, program, STEP_PROGRAM);
  store<i32>(control, count, STEP_COUNT);
  store<i32>(control, threads, STEP_THREADS);
  atomic.add<i32>(control, 1, STEP_GENERATION);
  atomic.notify(control + STEP_GENERATION, -1);
}

/** Main thread: makes every helper return from its loop. */
export function publishStop(): void {
  publishStep(0, STOP, 2);
}

/** Helper: sleeps until a step is published that this thread has not yet taken up. @returns false when told to stop */
export function awaitStep(thread: i32): bool {
  if (!ASC_FEATURE_THREADS) return false;
  const seenPointer = control + STEP_SEEN + (<usize>thread << 2);
  const seen = load<i32>(seenPointer);
  for (let spin = 0; spin < SPINS; spin++) {
    if (atomic.load<i32>(control, STEP_GENERATION) != seen) break;
  }
  while (atomic.load<i32>(control, STEP_GENERATION) == seen) {
    atomic.wait<i32>(control + STEP_GENERATION, seen, -1);
  }
  store<i32>(seenPointer, atomic.load<i32>(control, STEP_GENERATION));
  return stepCount() != STOP;
}

/** Program of the published step. */
export function stepProgram(): usize {
  return load<usize>(control, STEP_PROGRAM);
}

/** Number of instructions of the published step. */
export function stepCount(): i32 {
  return load<i32>(control, STEP_COUNT);
}

/** Number of threads of the published step. */
export function stepThreads(): i32 {
  return load<i32>(control, STEP_THREADS);
}
