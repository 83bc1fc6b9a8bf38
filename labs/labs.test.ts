import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meets, probeCapabilities } from '#sandbox/host/capabilities.ts';
import { loadLabs } from '#sandbox/keeper/lab-folders.ts';
import { matrixOf } from '#sandbox/lab-command/matrix.ts';
import { validateLab } from '#sandbox/lab-command/validate-lab.ts';
import { openWorkbench, type Workbench } from '#sandbox/lab-command/workbench.ts';
import { isDue } from '#sandbox/testing/rotating-rows.ts';
import { testDataDirectory } from '#sandbox/testing/test-data-directory.ts';

const labs = await loadLabs();
const capabilities = await probeCapabilities();
let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench(testDataDirectory);
});

afterAll(async () => {
  await workbench[Symbol.asyncDispose]();
});

for (const lab of labs.values()) {
  const canRunHere = lab.lab.needs.every((need) => meets(capabilities, need));
  describe.skipIf(!canRunHere)(`${lab.lab.label} ${lab.id}`, async () => {
    let image: string;

    test('nothing is missing in its folder', async () => {
      expect(await validateLab(lab)).toEqual([]);
    });

    test('its sandbox image can be baked', { timeout: 900_000 }, async () => {
      image = await workbench.imageOf(lab);
    });

    // Rows that measure processor time want the machine for themselves; of the others two at a time keep two cores busy.
    const needsMachine = lab.lab.needs.includes('cpu');
    for (const [index, row] of (await matrixOf(lab)).entries()) {
      const testRow = needsMachine ? test : test.concurrent;
      testRow(row.name, async ({ expect, skip }) => {
        skip(!isDue(row.name, index), 'another day, or `npm run test:labs`');
        const { problems } = await row.run(workbench.place, image);
        expect(problems).toEqual([]);
      });
    }
  });
}
