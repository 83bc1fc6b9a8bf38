/** On the Docker host they get through to the kernel: whatever keeps them back in the container is the container's own filter. */
export const reachableOutside = ['unshare-user', 'clone-user', 'clone3', 'setns', 'mount', 'umount2', 'mount_setattr'];

/** The Docker host itself answers these with ENOSYS, so only EPERM shows that the container's filter was asked first. */
export const missingOutside = ['open_tree', 'fsopen', 'keyctl', 'add_key', 'request_key', 'io_uring_setup'];

/** Docker's default profile lets none of these through without a capability. The Docker host refuses most of them itself, so the profile's text has to do. */
export const rareCalls: readonly string[] = `
  acct add_key bpf clock_settime create_module delete_module fanotify_init finit_module fsconfig fsmount fsopen fspick get_kernel_syms
  init_module io_uring_enter io_uring_register io_uring_setup ioperm iopl kexec_file_load kexec_load keyctl lookup_dcookie mount mount_setattr move_mount nfsservctl
  open_by_handle_at open_tree perf_event_open pivot_root query_module quotactl quotactl_fd reboot request_key setdomainname sethostname setns settimeofday stime
  swapoff swapon sysfs _sysctl syslog umount umount2 unshare uselib userfaultfd ustat vhangup vm86 vm86old`
  .trim()
  .split(/\s+/);
