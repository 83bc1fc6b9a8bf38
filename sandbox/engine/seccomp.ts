import { arch } from 'node:os';

/**
 * System calls that a Docker host may not make. The nested engine needs nearly everything, so this denies by name instead of allowing.
 * Making a btrfs subvolume (ioctl numbers of linux/btrfs.h) would step out of the disk quota: quotas do not nest into new subvolumes.
 * The kernel reads 32 bits of an ioctl's number, so the comparison must, too.
 */
const subvolumeCalls = {
  BTRFS_IOC_SNAP_CREATE: 0x5000_9401,
  BTRFS_IOC_SUBVOL_CREATE: 0x5000_940e,
  BTRFS_IOC_SNAP_CREATE_V2: 0x5000_9417,
  BTRFS_IOC_SUBVOL_CREATE_V2: 0x5000_9418,
} as const;

const permissionDenied = 1;

const architectures = {
  x64: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32'],
  arm64: ['SCMP_ARCH_AARCH64', 'SCMP_ARCH_ARM'],
} as const;

/** The profile in the form that Docker's API takes. */
export function dockerHostSeccomp(): string {
  return JSON.stringify({
    defaultAction: 'SCMP_ACT_ALLOW',
    architectures: arch() === 'arm64' ? architectures.arm64 : architectures.x64,
    syscalls: Object.values(subvolumeCalls).map((call) => ({
      names: ['ioctl'],
      action: 'SCMP_ACT_ERRNO',
      errnoRet: permissionDenied,
      args: [{ index: 1, value: 0xffff_ffff, valueTwo: call, op: 'SCMP_CMP_MASKED_EQ' }],
    })),
  });
}
