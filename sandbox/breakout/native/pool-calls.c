/*
 * Speaks to the file system of the pool, on which all sandboxes have their disks, past files and directories (linux/btrfs.h).
 *
 *   pool-calls PATH [ID]    one line a call: "NAME ok", or "NAME EPERM". Nothing changes: each call fails right behind the check of rights.
 *                           ID: the subvolume of somebody else, which one call would destroy
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/btrfs.h>
#include <linux/btrfs_tree.h>
#include <linux/fs.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <unistd.h>

static const uint64_t no_such_id = 1ULL << 40;
static int directory;

static void say(const char *name, long result) { printf("%s %s\n", name, result >= 0 ? "ok" : strerrorname_np(errno)); }

static void read_pool(void) {
  struct btrfs_ioctl_search_args search = {.key = {.tree_id = BTRFS_ROOT_TREE_OBJECTID, .max_objectid = -1, .max_offset = -1, .max_transid = -1, .max_type = -1, .nr_items = 1}};
  say("tree-search", ioctl(directory, BTRFS_IOC_TREE_SEARCH, &search));
  struct btrfs_ioctl_ino_lookup_args inode = {.treeid = BTRFS_FS_TREE_OBJECTID, .objectid = BTRFS_FIRST_FREE_OBJECTID + 1};
  say("inode-of-another-disk", ioctl(directory, BTRFS_IOC_INO_LOOKUP, &inode));
  static char room[4096];
  struct btrfs_ioctl_logical_ino_args logical = {.logical = 1, .size = sizeof room, .inodes = (uintptr_t)room};
  say("logical-inode", ioctl(directory, BTRFS_IOC_LOGICAL_INO, &logical));
  struct btrfs_ioctl_send_args send = {.send_fd = -1, .flags = -1};
  say("send", ioctl(directory, BTRFS_IOC_SEND, &send));
  struct btrfs_ioctl_encoded_io_args encoded = {.flags = -1};
  say("encoded-read", ioctl(directory, BTRFS_IOC_ENCODED_READ, &encoded));
}

static void change_pool(uint64_t victim) {
  struct btrfs_ioctl_qgroup_limit_args limit = {.qgroupid = no_such_id, .lim = {.flags = BTRFS_QGROUP_LIMIT_MAX_RFER, .max_rfer = no_such_id}};
  say("lift-quota", ioctl(directory, BTRFS_IOC_QGROUP_LIMIT, &limit));
  struct btrfs_ioctl_qgroup_create_args group = {.create = 1, .qgroupid = 0};
  say("make-quota-group", ioctl(directory, BTRFS_IOC_QGROUP_CREATE, &group));
  struct btrfs_ioctl_quota_ctl_args quota = {.cmd = 99};
  say("switch-quotas", ioctl(directory, BTRFS_IOC_QUOTA_CTL, &quota));
  struct btrfs_ioctl_vol_args_v2 doomed = {.subvolid = victim, .flags = BTRFS_SUBVOL_SPEC_BY_ID};
  say("destroy-another-disk", ioctl(directory, BTRFS_IOC_SNAP_DESTROY_V2, &doomed));
  uint64_t subvolume = no_such_id;
  say("default-disk", ioctl(directory, BTRFS_IOC_DEFAULT_SUBVOL, &subvolume));
  struct btrfs_ioctl_vol_args size = {.name = "1:nonsense"};
  say("resize", ioctl(directory, BTRFS_IOC_RESIZE, &size));
  struct btrfs_ioctl_scrub_args scrub = {.devid = no_such_id, .flags = BTRFS_SCRUB_READONLY};
  say("scrub", ioctl(directory, BTRFS_IOC_SCRUB, &scrub));
  struct btrfs_ioctl_vol_args device = {.name = "/nonexistent/disk"};
  say("add-device", ioctl(directory, BTRFS_IOC_ADD_DEV, &device));
  struct fstrim_range range = {.len = 0};
  say("trim", ioctl(directory, FITRIM, &range));
  say("thaw", ioctl(directory, FITHAW, 0));
}

int main(int argc, char **argv) {
  if (argc < 2 || (directory = open(argv[1], O_RDONLY | O_DIRECTORY)) < 0) return perror("open"), 2;
  /* Anybody may ask for this one. */
  struct btrfs_ioctl_fs_info_args facts = {0};
  say("facts", ioctl(directory, BTRFS_IOC_FS_INFO, &facts));
  read_pool();
  change_pool(argc > 2 ? strtoull(argv[2], NULL, 10) : no_such_id);
  return 0;
}
