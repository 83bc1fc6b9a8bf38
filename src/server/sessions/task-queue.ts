/** Runs tasks with the same key one after the other, in the order they came. */
export type TaskQueue = <Result>(key: string, task: () => Promise<Result>) => Promise<Result>;

export function createTaskQueue(): TaskQueue {
  const last = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    const before = last.get(key) ?? Promise.resolve();
    const current = before.then(task, task);
    last.set(key, current);
    try {
      return await current;
    } finally {
      if (last.get(key) === current) last.delete(key);
    }
  };
}
