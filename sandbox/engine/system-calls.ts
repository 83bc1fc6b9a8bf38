/**
 * System calls by name (the kernel's include/uapi/asm-generic/unistd.h and arch/x86/entry/syscalls/syscall_64.tbl), as far as a program may make them
 * whatever their arguments are. Names that an architecture or its libseccomp does not know are passed over by the OCI runtime.
 */

/** What programs of all kinds need: files, memory, processes, time, sockets, signals. Docker's own profile allows them to every container, too. */
export const ordinaryCalls: readonly string[] = words(`
  read write open close stat fstat lstat poll lseek mmap mprotect munmap brk pread64 pwrite64 readv writev access pipe pipe2 select sched_yield mremap msync mincore madvise
  dup dup2 dup3 fcntl flock fsync fdatasync truncate ftruncate getdents getdents64 getcwd chdir fchdir rename renameat renameat2 mkdir mkdirat rmdir creat
  link linkat unlink unlinkat symlink symlinkat readlink readlinkat chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat umask utime utimes futimesat utimensat
  openat openat2 newfstatat statx statfs fstatfs faccessat faccessat2 mknod mknodat chroot sync syncfs sync_file_range fallocate fadvise64 readahead copy_file_range
  sendfile splice tee vmsplice preadv pwritev preadv2 pwritev2 close_range cachestat
  setxattr lsetxattr fsetxattr getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr removexattr lremovexattr fremovexattr setxattrat getxattrat listxattrat removexattrat
  io_setup io_destroy io_getevents io_submit io_cancel io_pgetevents ioprio_set ioprio_get inotify_init inotify_init1 inotify_add_watch inotify_rm_watch
  epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 pselect6 ppoll eventfd eventfd2 signalfd signalfd4 timerfd_create timerfd_settime timerfd_gettime
  rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigqueueinfo rt_tgsigqueueinfo rt_sigsuspend sigaltstack pause alarm kill tkill tgkill restart_syscall
  getitimer setitimer nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time timer_create timer_settime timer_gettime timer_getoverrun timer_delete times
  execve execveat exit exit_group wait4 waitid fork vfork getpid getppid gettid getpgid setpgid getpgrp setsid getsid pidfd_open pidfd_send_signal pidfd_getfd
  getuid geteuid getgid getegid setuid setgid setreuid setregid setresuid getresuid setresgid getresgid setfsuid setfsgid getgroups setgroups capget capset
  prctl arch_prctl set_tid_address futex futex_waitv futex_wake futex_wait futex_requeue set_robust_list get_robust_list rseq membarrier getcpu getrandom uname sysinfo
  getrlimit getrusage getpriority setpriority sched_setparam sched_getparam sched_setscheduler sched_getscheduler sched_get_priority_max
  sched_get_priority_min sched_rr_get_interval sched_setaffinity sched_getaffinity sched_setattr sched_getattr
  mlock mlock2 munlock mlockall munlockall memfd_create mbind set_mempolicy get_mempolicy pkey_mprotect pkey_alloc pkey_free mseal map_shadow_stack process_madvise process_mrelease
  shmget shmat shmctl shmdt semget semop semctl semtimedop msgget msgsnd msgrcv msgctl mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr
  connect accept accept4 sendto recvfrom sendmsg recvmsg sendmmsg recvmmsg shutdown bind listen getsockname getpeername setsockopt getsockopt
  ptrace process_vm_readv process_vm_writev seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self`);

/** What the nested engine needs beyond that: dockerd, containerd, runc and BuildKit make namespaces and mounts. `mount_setattr` is for volumes that are read-only all the way down. */
export const engineCalls: readonly string[] = words('clone clone3 unshare setns mount umount2 mount_setattr pivot_root sethostname setdomainname');

/**
 * Calls that are answered with ENOSYS, as by an older kernel, because libraries ask for them first and then take an older way: libmount the mount calls of 2019,
 * libuv and others io_uring. runc goes on without a keyring (and would not after EPERM): keys and their quota are counted by user id, which all sandboxes
 * share, and whatever has a key sees those of the others in /proc/keys. Everything that is named nowhere is refused with EPERM.
 */
export const missingCalls: readonly string[] = words(`
  fsopen fsconfig fsmount fspick move_mount open_tree open_tree_attr statmount listmount
  io_uring_setup io_uring_enter io_uring_register
  keyctl add_key request_key`);

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
