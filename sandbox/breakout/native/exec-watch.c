/*
 * Watches for programs that are started from outside of the sandbox, and reaches for the program file, the root and the files of each, as CVE-2019-5736
 * and CVE-2024-21626 did.
 *
 *   exec-watch SECONDS CANARY    prints each thing once: "saw NAME PROGRAM", "opened PROGRAM to write", "refused PROGRAM EACCES", "read CANARY by LINK"
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { path_bytes = 4200, most_lines = 200 };

static char *said[most_lines];

static void say(const char *format, ...) {
  char line[2 * path_bytes];
  va_list values;
  va_start(values, format);
  vsnprintf(line, sizeof line, format, values);
  va_end(values);
  for (int i = 0; i < most_lines; i++) {
    if (said[i] == NULL) {
      said[i] = strdup(line);
      puts(line);
      fflush(stdout);
      return;
    }
    if (strcmp(said[i], line) == 0) return;
  }
}

/* Whoever comes from outside is runc, under whatever name it runs here; the nested engine's own shims are not. */
static int is_foreign(int process, char name[64], char program[path_bytes]) {
  int file = openat(process, "comm", O_RDONLY | O_CLOEXEC);
  ssize_t length = read(file, name, 63);
  close(file);
  if (length <= 0) return 0;
  name[length - 1] = '\0';
  if (strncmp(name, "containerd-shim", 15) == 0) return 0;
  length = readlinkat(process, "exe", program, path_bytes - 1);
  int is_hidden = length < 0 && (errno == EACCES || errno == EPERM);
  program[length < 0 ? 0 : length] = '\0';
  if (is_hidden) strcpy(program, "(hidden)");
  return is_hidden || strstr(program, "runc") != NULL || strstr(program, "memfd:") != NULL || strncmp(name, "runc", 4) == 0;
}

static void reach_program(int process) {
  char name[64], program[path_bytes];
  if (!is_foreign(process, name, program)) return;
  say("saw %s %s", name, program);
  int file = openat(process, "exe", O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    say("refused %s %s", program, strerrorname_np(errno));
    return;
  }
  /* A copy in memory that nobody can write to, whoever opens it. */
  int seals = fcntl(file, F_GET_SEALS);
  if (seals >= 0 && (seals & F_SEAL_WRITE)) {
    say("refused %s sealed", program);
    close(file);
    return;
  }
  /* A running program cannot be written to, but as soon as it has ended: the open file keeps it at hand. */
  char by_number[64];
  snprintf(by_number, sizeof by_number, "/proc/self/fd/%d", file);
  for (int attempt = 0; attempt < 50; attempt++) {
    int writable = open(by_number, O_WRONLY | O_CLOEXEC);
    if (writable >= 0) {
      /* Opened is proof enough: nothing is written. */
      say("opened %s to write", program);
      close(writable);
      break;
    }
    if (errno != ETXTBSY) {
      say("refused %s %s", program, strerrorname_np(errno));
      break;
    }
    usleep(200);
  }
  close(file);
}

static void reach_files(int process, const char *canary) {
  char path[path_bytes];
  const char *ways[] = {"root", "cwd", "cwd/../../../../../..", "fd/3", "fd/4", "fd/5", "fd/6", "fd/7", "fd/8", "fd/9", "fd/10"};
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    snprintf(path, sizeof path, "%s/%s", ways[i], canary);
    int file = openat(process, path, O_RDONLY | O_CLOEXEC);
    if (file < 0) continue;
    say("read %s by %s", canary, ways[i]);
    close(file);
  }
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  long self = getpid();
  printf("watching\n");
  fflush(stdout);
  for (time_t end = time(NULL) + atoi(argv[1]); time(NULL) < end;) {
    DIR *processes = opendir("/proc");
    for (struct dirent *entry; (entry = readdir(processes)) != NULL;) {
      long pid = strtol(entry->d_name, NULL, 10);
      if (pid <= 0 || pid == self) continue;
      int process = openat(dirfd(processes), entry->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
      if (process < 0) continue;
      reach_program(process);
      reach_files(process, argv[2]);
      close(process);
    }
    closedir(processes);
  }
  return 0;
}
