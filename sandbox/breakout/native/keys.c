/*
 * The kernel's keys (keyrings(7)).
 *
 *   keys put NAME TEXT SECONDS   puts a key into a session keyring called NAME and into the user keyring, opens all to whoever has the same user id, prints
 *                                the serial numbers, stays
 *   keys seek NAME TEXT SERIAL…  looks for the text: by the keyring's name, by the key's name in all keyrings of its own, by serial numbers, by linking;
 *                                prints "found WAY" for each that gave it, and how its last question was answered
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/keyctl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { possessor_and_user = 0x3f3f0000 };

static long keyctl(int operation, long a, long b, long c, long d) { return syscall(SYS_keyctl, operation, a, b, c, d); }

static int put(char **argv) {
  long session = keyctl(KEYCTL_JOIN_SESSION_KEYRING, (intptr_t)argv[2], 0, 0, 0);
  long key = syscall(SYS_add_key, "user", argv[2], argv[3], strlen(argv[3]), (long)KEY_SPEC_SESSION_KEYRING);
  if (session < 0 || key < 0) return printf("refused %s\n", strerrorname_np(errno)), 1;
  keyctl(KEYCTL_LINK, key, KEY_SPEC_USER_KEYRING, 0, 0);
  /* Whoever can be let in by carelessness shall be. */
  keyctl(KEYCTL_SETPERM, key, possessor_and_user, 0, 0);
  keyctl(KEYCTL_SETPERM, session, possessor_and_user, 0, 0);
  printf("%ld %ld %ld\n", key, session, keyctl(KEYCTL_GET_KEYRING_ID, KEY_SPEC_USER_KEYRING, 0, 0, 0));
  fflush(stdout);
  sleep(atoi(argv[4]));
  return 0;
}

static int last_error;

static long noting(long result) {
  if (result < 0) last_error = errno;
  return result;
}

static void read_key(const char *way, long key, const char *text) {
  char found[200] = "";
  if (key <= 0 || noting(keyctl(KEYCTL_READ, key, (intptr_t)found, sizeof found - 1, 0)) <= 0) return;
  if (strcmp(found, text) == 0) printf("found %s\n", way);
}

static int seek(int argc, char **argv) {
  const char *name = argv[2], *text = argv[3];
  const long own[] = {KEY_SPEC_THREAD_KEYRING, KEY_SPEC_PROCESS_KEYRING, KEY_SPEC_SESSION_KEYRING, KEY_SPEC_USER_KEYRING, KEY_SPEC_USER_SESSION_KEYRING};
  for (int i = 0; i < 5; i++) read_key("search", noting(keyctl(KEYCTL_SEARCH, own[i], (intptr_t) "user", (intptr_t)name, 0)), text);
  read_key("request", noting(syscall(SYS_request_key, "user", name, NULL, 0L)), text);
  for (int i = 4; i < argc; i++) {
    long serial = atol(argv[i]);
    read_key("serial", serial, text);
    if (noting(keyctl(KEYCTL_SETPERM, serial, possessor_and_user, 0, 0)) == 0) printf("found setperm\n");
    noting(keyctl(KEYCTL_LINK, serial, KEY_SPEC_SESSION_KEYRING, 0, 0));
    read_key("link", serial, text);
    read_key("linked search", noting(keyctl(KEYCTL_SEARCH, KEY_SPEC_SESSION_KEYRING, (intptr_t) "user", (intptr_t)name, 0)), text);
  }
  noting(keyctl(KEYCTL_JOIN_SESSION_KEYRING, (intptr_t)name, 0, 0, 0));
  read_key("join", noting(keyctl(KEYCTL_SEARCH, KEY_SPEC_SESSION_KEYRING, (intptr_t) "user", (intptr_t)name, 0)), text);
  printf("last %s\n", last_error == 0 ? "ok" : strerrorname_np(last_error));
  return 0;
}

int main(int argc, char **argv) {
  if (argc == 5 && strcmp(argv[1], "put") == 0) return put(argv);
  if (argc >= 4 && strcmp(argv[1], "seek") == 0) return seek(argc, argv);
  return 2;
}
