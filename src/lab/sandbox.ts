/**
 * What a check may ask a sandbox. Letters as in the curriculum: K kernel seen from outside, A the nested engine's API,
 * T twin attack, N network from outside, S service. Nothing here trusts a program that the learner can replace.
 * Ids of users and groups are those of the Docker host (its root is 0) unless a name says `inContainer`.
 */
export interface SandboxView {
  /** Random text for this session: ports, names and flags are derived from it. */
  readonly seed: string;
  /** The flag of this session that the attack brings to light. */
  readonly flag: string;
  /** Address of the Docker host on the sandbox's own network, as the attacker sees it. */
  readonly address: string;

  /**
   * The one running container that fills a role. Candidates are all running containers that carry the label `lab.role=<label>`, are built on
   * `image`, or publish or listen on `port`. None or several: throws NotYet with a platform message (`role-missing`, `role-twice`).
   */
  role(query: RoleQuery): Promise<RoleContainer>;
  /** All containers of the nested engine, stopped ones included. (A) */
  containers(): Promise<readonly NestedContainer[]>;
  /** `GET path` on the nested engine's API, parsed. Intent only, never proof. (A) */
  engineApi(path: string): Promise<unknown>;
  /** Default User, layers and files of an image in the nested engine. (A) */
  image(reference: string): Promise<NestedImage>;
  /** Processes of the Docker host itself and of all its containers. (K) */
  processes(): Promise<readonly KernelProcess[]>;
  /** The Docker host's own first process: its namespaces are "the host's". (K) */
  hostProcess(): Promise<KernelProcess>;

  /** HTTP from the checker's own place on the sandbox's network. Never throws for an HTTP status; throws ConnectionFailed when no answer came. (N, X, S) */
  http(request: HttpRequest): Promise<HttpAnswer>;
  /** Can a TCP connection to the Docker host's `port` (or `host:port`) be opened from the checker's place? (N) */
  canConnect(port: number, host?: string): Promise<boolean>;
  /** TCP ports somebody listens on in the network namespace of `process` (default: the Docker host's own), from the kernel's table. (K) */
  listeners(process?: KernelProcess): Promise<readonly Listener[]>;

  /** Puts a file on the Docker host; gone again when the check ends. Use for canaries. Returns its path. */
  plantFile(file: { path: string; content: string | Uint8Array; mode?: number; uid?: number; gid?: number }): Promise<string>;
  /** File or directory facts on the Docker host, through the engine's archive API; undefined when it is not there. Does not follow links. */
  stat(path: string): Promise<FileFacts | undefined>;
  /** Content of a regular file on the Docker host, at most `maxBytes` (default 1 MiB); undefined when it is not there. */
  readFile(path: string, maxBytes?: number): Promise<Uint8Array | undefined>;
  /** Everything below a directory on the Docker host: facts only. */
  list(path: string): Promise<readonly FileFacts[]>;
  /** Removes a file that an attack of the checker's own left on the Docker host. */
  removeFile(path: string): Promise<void>;
  /** Opens a listener on the Docker host's loopback that answers every connection with `text`; closed when the check ends. Returns its port. */
  plantLoopbackListener(text: string): Promise<number>;
  /** The same in the attacker's network, for whatever wants to go out: a container that gets `text` has a way to the outside. Closed when the check ends. */
  plantOutsideListener(text: string): Promise<{ readonly address: string; readonly port: number }>;

  /**
   * Runs a shell script on the Docker host the way somebody there would: as root, or as `user` with the groups that the Docker host's own files give him.
   * Everything it runs may have been replaced by the learner: use it to make something happen (a deployment, a build, a connection attempt by that user),
   * and prove what happened by other means.
   */
  runOnHost(script: string, options?: { user?: string; environment?: Readonly<Record<string, string>>; timeoutMs?: number }): Promise<ScriptResult>;
  /**
   * Restarts the nested engine as the Docker host's service manager would (SIGTERM to the genuine dockerd) and waits until a genuine one answers again.
   * Throws NotYet (`engine-down`) when none does within `timeoutMs` (default 30 s). Only in a task with `onRequest`. (P)
   */
  restartEngine(timeoutMs?: number): Promise<void>;
  /** Restarts one container through the nested engine's API. Only in a task with `onRequest`. (P) */
  restartContainer(id: string): Promise<void>;
  /**
   * Runs a program of the lab's own sandbox image in a box that the learner has never seen: a fresh container of the outer engine, without network,
   * as nobody, in the folder `/box` with `files` in it (and `image.tar`, what `docker save` gives for `image`). For compilers, validators and scanners.
   * Throws Inconclusive (`box-failed`) when the box cannot be started or does not finish in `timeoutMs` (default 20 s).
   */
  runInBox(
    command: readonly string[],
    options?: { files?: Readonly<Record<string, string | Uint8Array>>; image?: string; timeoutMs?: number },
  ): Promise<ScriptResult>;

  /** Labels for a container that a check creates in the nested engine by a way of its own: with them its events start no further check. */
  readonly probeLabels: Readonly<Record<string, string>>;
  /** Random text that nobody can know beforehand, e.g. for canaries and nonces. Lower-case hex. */
  random(bytes?: number): string;
  /** Waits. */
  sleep(ms: number): Promise<void>;
}

/** What a script or program did. `ok` is the exit status 0; `output` is standard output and error together, at most 1 MiB. */
export interface ScriptResult {
  readonly ok: boolean;
  readonly output: string;
  readonly exitCode: number;
}

export interface RoleQuery {
  /** Value of the container label `lab.role`. */
  readonly label: string;
  /** TCP port on the Docker host at which the service must answer. */
  readonly port?: number;
  /** Image the role is built on: its layers are a prefix of the candidate's. E.g. `lab/agent`. */
  readonly image?: string;
}

/** A container as the nested engine describes it (`GET /containers/<id>/json`): declared intent, not proof. */
export interface NestedContainer {
  readonly id: string;
  readonly name: string;
  readonly running: boolean;
  readonly imageId: string;
  readonly imageName: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly restartCount: number;
  readonly startedAt: string;
  /** `HostConfig` and `Config` as the API gives them. */
  readonly hostConfig: Readonly<Record<string, unknown>>;
  readonly config: Readonly<Record<string, unknown>>;
  readonly networkAddresses: readonly string[];
}

export interface RoleContainer extends NestedContainer {
  /** Every process that runs in the container's cgroup or pid namespace, first process first. (K) */
  processes(): Promise<readonly [KernelProcess, ...KernelProcess[]]>;
  /** Limits that bind this container: the smallest on the way from its cgroup up to, but not including, the sandbox's. (K) */
  limits(): Promise<CgroupLimits>;
  /** Counters of the container's cgroup. (K) */
  usage(): Promise<CgroupUsage>;
  /**
   * Runs a shell script (static busybox `sh`, all applets) in a copy of this container: same image, user, groups, HostConfig and networks,
   * own entry point. Proves what code in this container can do. One twin serves all scripts of a check run. `ok` is the exit status 0.
   * Throws Inconclusive (`twin-failed`) when the copy cannot be started or does not answer: that is the positive control. (T)
   */
  twin(script: string, options?: { timeoutMs?: number }): Promise<{ readonly ok: boolean; readonly output: string; readonly exitCode: number }>;
  /**
   * Runs probes of the course's own sysprobe in the same copy: one system call each, e.g. `unshare-user`, `socket-inet`, and `ids`. Gives by name what it said:
   * `blocked (EPERM)`, `reachable (EINVAL)`, `missing (ENOSYS)`. The names are in sandbox/native/sysprobe.c; what the Docker host itself refuses is blocked anywhere.
   * `setuid` runs it as a program that belongs to root and has the setuid bit. The kernel vouches for the program, so a replaced one ends in
   * Inconclusive (`tools-changed`). (T)
   */
  probe(names: readonly string[], options?: { setuid?: boolean }): Promise<Readonly<Record<string, string>>>;
  /** HTTP to the role's port as `sandbox.http`, and proof from the kernel's socket table that a process of this container answered. (S) */
  http(request: Omit<HttpRequest, 'port'> & { port?: number }): Promise<HttpAnswer & { readonly answeredByContainer: boolean }>;
}

/** A process as the kernel shows it from outside the sandbox (`/proc/<pid>/…`). */
export interface KernelProcess {
  /** pid on the machine, in the Docker host, in the container, … (`NSpid`). */
  readonly pids: readonly [number, ...number[]];
  readonly comm: string;
  readonly commandLine: string;
  /** Real, effective, saved, file-system id. */
  readonly uids: readonly [number, number, number, number];
  readonly gids: readonly [number, number, number, number];
  readonly groups: readonly number[];
  /** The same as the process's own user namespace numbers them. */
  readonly uidsInContainer: readonly [number, number, number, number];
  readonly gidsInContainer: readonly [number, number, number, number];
  readonly groupsInContainer: readonly number[];
  readonly capabilities: {
    readonly effective: bigint;
    readonly permitted: bigint;
    readonly inheritable: bigint;
    readonly bounding: bigint;
    readonly ambient: bigint;
  };
  readonly noNewPrivileges: boolean;
  /** 0 off, 1 strict, 2 filter. A filter that lies on the whole Docker host does not count. */
  readonly seccomp: number;
  /** How many filters lie on it, those on the whole Docker host left out. */
  readonly seccompFilters: number;
  /** Inode numbers as text, e.g. `4026531836`. */
  readonly namespaces: Readonly<Record<'cgroup' | 'ipc' | 'mnt' | 'net' | 'pid' | 'user' | 'uts', string>>;
  readonly mounts: readonly KernelMount[];
  /** Path below the sandbox's own cgroup, e.g. `/docker/<id>`. */
  readonly cgroup: string;
  /** `NAME=value` as it was given when the program was started; empty when the process has ended. Throws Inconclusive (`too-much`) above 256 KiB. */
  environment(): Promise<readonly string[]>;
  /** SHA-256 of the running executable, lower-case hex; undefined when it cannot be read. */
  executableHash(): Promise<string | undefined>;
}

/** One line of `/proc/<pid>/mountinfo` (proc_pid_mountinfo(5)). */
export interface KernelMount {
  /** Path inside the mounted file system that is visible here, e.g. `/srv/data` of the Docker host's disk. */
  readonly root: string;
  /** Where it is mounted in the process's view. */
  readonly target: string;
  readonly type: string;
  readonly source: string;
  readonly options: readonly string[];
  readonly superOptions: readonly string[];
  /** Major:minor. Equal to that of the Docker host's root: a bind mount of the host's disk. */
  readonly device: string;
}

export interface CgroupLimits {
  readonly memoryBytes: number | undefined;
  /** Memory and swap together. undefined: no limit. */
  readonly memoryAndSwapBytes: number | undefined;
  readonly cpuCores: number | undefined;
  readonly pids: number | undefined;
}

export interface CgroupUsage {
  readonly memoryBytes: number;
  readonly cpuSeconds: number;
  readonly throttledPeriods: number;
  readonly pids: number;
  readonly oomKills: number;
}

/** A port that accepts TCP connections. */
export interface Listener {
  /** The one it is bound to: `0.0.0.0` and `::` are all. IPv6 as eight groups otherwise, an IPv4 address mapped into IPv6 as IPv4. */
  readonly address: string;
  readonly port: number;
}

export interface HttpRequest {
  readonly port: number;
  /** Defaults to the Docker host's address. */
  readonly host?: string;
  /** Whose network the question comes from: the attacker's (default), or the Docker host's own, where 127.0.0.1 is its loopback. */
  readonly from?: 'attacker' | 'dockerhost';
  /** With query string; not escaped further. Starts with `/`. */
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Speak TLS: `ca` the PEM certificate to trust (default: trust anybody), `certificate` and `key` the client's own (PEM), `name` the expected name. */
  readonly tls?: { readonly ca?: string; readonly certificate?: string; readonly key?: string; readonly name?: string };
  /** Default 2500. */
  readonly timeoutMs?: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** At most 1 MiB is read. */
  readonly body: string;
  readonly milliseconds: number;
}

export interface FileFacts {
  /** Absolute path. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  /** Permission bits with setuid, setgid, sticky: 0o4755. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly linkTarget?: string;
}

export interface NestedImage {
  readonly id: string;
  /** `Config.User`, empty when not set. */
  readonly user: string;
  /** `Config.User` resolved with the image's own /etc/passwd and /etc/group; undefined when it does not resolve. */
  readonly resolvedUser: { readonly uid: number; readonly gid: number } | undefined;
  readonly layers: readonly string[];
  readonly config: Readonly<Record<string, unknown>>;
  /** The files a container of this image would start with (lower layers' deleted files left out). */
  files(): Promise<readonly FileFacts[]>;
  readFile(path: string): Promise<Uint8Array | undefined>;
  /**
   * Goes through everything that leaves with the image (`docker save`): every file of every layer, those that a later layer deletes or covers included,
   * and the image's configuration and history as files of the layer `config`. `read` gives a regular file's content, at most 64 MiB.
   */
  walkLayers(visit: (file: LayerFile) => Promise<void>): Promise<void>;
}

/** A file as it lies in one layer of an image. */
export interface LayerFile extends FileFacts {
  /** Position of the layer, 0 for the lowest, or `config` for what is not in a layer. */
  readonly layer: number | 'config';
  read(): Promise<Uint8Array>;
}
