import { instanceIn } from '../host/instance.ts';
import { leaseEngine } from '../keeper/engine-lease.ts';
import { testDataDirectory } from './test-data-directory.ts';

/** Keeps the tests' engine up for a whole run; afterwards no engine, mount or network namespace is left. */
export default async function holdEngine(): Promise<() => Promise<void>> {
  const lease = await leaseEngine(instanceIn(testDataDirectory));
  return () => Promise.resolve(lease[Symbol.asyncDispose]());
}
