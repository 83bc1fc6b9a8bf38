import type { StepName } from '../step-names.ts';
import { runCourse } from './course.ts';
import { readyMachine } from './ready-machine.ts';
import type { OnLine, StepResult } from './step.ts';
import { runTests } from './run-tests.ts';
import { verifyRows } from './verify-rows.ts';

/** Everything that is tried in the virtual machine. */
export const steps: Readonly<Record<StepName, (onLine: OnLine) => Promise<StepResult>>> = {
  machine: readyMachine,
  limits: runTests(['sandbox/limits.sandbox.test.ts']),
  removal: runTests(['sandbox/removal.sandbox.test.ts']),
  breakout: runTests(['sandbox/breakout/']),
  keeper: runTests(['sandbox/keeper.sandbox.test.ts']),
  lab: verifyRows('kernel/contain-the-agent', [
    'start',
    'solution.sh',
    'passes/userns-remap.sh',
    'passes/compose.sh',
    'fails/privileged-kept.sh',
    'fails/decoy.sh',
  ]),
  course: runCourse,
};
