/** What the virtual machine can be asked for, in this order (guest/steps.ts). */
export const stepNames = ['machine', 'limits', 'lab', 'course', 'breakout'] as const;

export type StepName = (typeof stepNames)[number];

/** The word of the kernel's command line that says which of them are wanted, by commas; without it all are. */
export const stepsParameter = 'schott.steps=';
