import type { StepName } from '../step-names.ts';
import { runCourse } from './course.ts';
import { readyMachine } from './ready-machine.ts';
import type { OnLine, StepResult } from './step.ts';
import { runTests } from './run-tests.ts';
import { verifyRows } from './verify-rows.ts';

/** What is tried in the virtual machine: what differs there (cgroups, devices, systemd, AppArmor), no more. An emulated processor takes its time. */
export const steps: Readonly<Record<StepName, (onLine: OnLine) => Promise<StepResult>>> = {
  machine: readyMachine,
  limits: runTests(['sandbox/limits.sandbox.test.ts']),
  lab: verifyRows('kernel/contain-the-agent', ['start', 'solution.sh', 'passes/compose.sh', 'fails/privileged-kept.sh']),
  course: runCourse,
  breakout: runTests(['sandbox/breakout/cgroups.sandbox.test.ts', 'sandbox/breakout/devices.sandbox.test.ts']),
};
