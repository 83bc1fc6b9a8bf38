/*
 * Names files by handle and opens them by it, past every path (open_by_handle_at(2); the technique of "shocker").
 *
 *   file-handles name PATH           on the machine: prints TYPE and the handle in hexadecimal
 *   file-handles open TYPE HANDLE    tries it with every mount of this mount namespace: prints "opened VIA-MOUNT TEXT", or the errors that came
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static union {
  struct file_handle head;
  char bytes[sizeof(struct file_handle) + MAX_HANDLE_SZ];
} handle;

static int name_file(const char *path) {
  int mount_id;
  handle.head.handle_bytes = MAX_HANDLE_SZ;
  if (name_to_handle_at(AT_FDCWD, path, &handle.head, &mount_id, AT_SYMLINK_FOLLOW) < 0) return perror("name_to_handle_at"), 1;
  printf("%d ", handle.head.handle_type);
  for (unsigned i = 0; i < handle.head.handle_bytes; i++) printf("%02x", (unsigned char)handle.head.f_handle[i]);
  printf("\n");
  return 0;
}

static void take_handle(const char *type, const char *hex) {
  handle.head.handle_type = atoi(type);
  handle.head.handle_bytes = strlen(hex) / 2;
  for (unsigned i = 0; i < handle.head.handle_bytes && i < MAX_HANDLE_SZ; i++) {
    unsigned byte;
    if (sscanf(hex + 2 * i, "%2x", &byte) != 1) exit(2);
    handle.head.f_handle[i] = (unsigned char)byte;
  }
}

static int open_by(const char *mount) {
  int at = open(mount, O_RDONLY | O_NONBLOCK);
  if (at < 0) return -1;
  int file = open_by_handle_at(at, &handle.head, O_RDONLY);
  int error = errno;
  close(at);
  errno = error;
  return file;
}

static int open_file(void) {
  int errors[256] = {0};
  char line[8192], mount[4096];
  FILE *mounts = fopen("/proc/self/mountinfo", "r");
  if (mounts == NULL) return perror("mountinfo"), 1;
  while (fgets(line, sizeof line, mounts)) {
    if (sscanf(line, "%*d %*d %*s %*s %4095s", mount) != 1) continue;
    int file = open_by(mount);
    if (file < 0) {
      errors[errno & 255]++;
      continue;
    }
    char text[200];
    ssize_t length = read(file, text, sizeof text - 1);
    text[length < 0 ? 0 : length] = '\0';
    printf("opened %s %s\n", mount, text);
    close(file);
  }
  for (int error = 1; error < 256; error++)
    if (errors[error]) printf("%s %d\n", strerrorname_np(error), errors[error]);
  return 0;
}

int main(int argc, char **argv) {
  if (argc == 3 && strcmp(argv[1], "name") == 0) return name_file(argv[2]);
  if (argc != 4 || strcmp(argv[1], "open") != 0) return 2;
  take_handle(argv[2], argv[3]);
  return open_file();
}
