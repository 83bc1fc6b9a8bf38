/** controller → path, from `/proc/<pid>/cgroup` (cgroups(7)); the unified hierarchy is under ''. */
export function parseCgroups(content: string): Map<string, string> {
  const paths = new Map<string, string>();
  for (const line of content.trimEnd().split('\n')) {
    const [, controllers = '', ...path] = line.split(':');
    for (const controller of controllers.split(',')) paths.set(controller, path.join(':'));
  }
  return paths;
}

/** Where a controller's files of a process's cgroup lie; without a hierarchy of its own (cgroup v2) in the unified one. */
export function directoryOf(paths: ReadonlyMap<string, string>, controller: string): string {
  const own = paths.get(controller);
  return own === undefined ? `/sys/fs/cgroup${paths.get('') ?? ''}` : `/sys/fs/cgroup/${controller}${own}`;
}

/** The cgroup's directory and its ancestors' below the sandbox's, innermost first. */
export function directoriesBelow(paths: ReadonlyMap<string, string>, controller: string, sandboxCgroup: string): string[] {
  const start = directoryOf(paths, controller);
  const end = start.indexOf(`${sandboxCgroup}/`);
  if (end < 0) return [];
  const stop = end + sandboxCgroup.length;
  const directories: string[] = [];
  for (let at = start; at.length > stop; at = at.slice(0, at.lastIndexOf('/'))) directories.push(at);
  return directories;
}
