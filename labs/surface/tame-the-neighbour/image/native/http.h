/* The little HTTP that both services speak: one GET, one plain answer, connection closed. */
#ifndef HTTP_H
#define HTTP_H

#define _GNU_SOURCE

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { TARGET_MAX = 1024, TEXT_MAX = 200 };

/* FNV-1a: the "result" of an order or a thumbnail is computed from the nonce with it. */
static inline uint32_t fnv1a(const char *text) {
  uint32_t hash = 2166136261u;
  for (; *text; text++) hash = (hash ^ (unsigned char)*text) * 16777619u;
  return hash;
}

static inline int64_t now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static inline void sleep_ms(long ms) {
  struct timespec t = {ms / 1000, (ms % 1000) * 1000000L};
  nanosleep(&t, NULL);
}

static inline int listen_on(const char *port_text, int default_port) {
  int port = port_text ? atoi(port_text) : default_port, one = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 128)) {
    fprintf(stderr, "cannot listen on port %d: %s\n", port, strerror(errno));
    exit(1);
  }
  return fd;
}

/* "GET /path?query HTTP/1.1…" → path and query, both inside `request`. False: not a GET. */
static inline int split_target(char *request, char **path, char **query) {
  if (strncmp(request, "GET ", 4)) return 0;
  *path = request + 4;
  (*path)[strcspn(*path, " \r\n")] = 0;
  *query = strchr(*path, '?');
  if (*query) *(*query)++ = 0;
  else *query = *path + strlen(*path);
  return 1;
}

/* The text of `name=…` in the query: letters, digits, '-' and '_' only, so that it can go into files, logs and answers as it is. */
static inline const char *query_text(const char *query, const char *name, char text[TEXT_MAX]) {
  size_t length = strlen(name), n = 0;
  text[0] = 0;
  for (const char *at = query; *at; at++) {
    if ((at == query || at[-1] == '&') && !strncmp(at, name, length) && at[length] == '=') {
      for (at += length + 1; *at && *at != '&' && n < TEXT_MAX - 1; at++)
        if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", *at)) text[n++] = *at;
      text[n] = 0;
      break;
    }
  }
  return text;
}

static inline long query_number(const char *query, const char *name, long missing, long least, long most) {
  char text[TEXT_MAX];
  if (!*query_text(query, name, text)) return missing;
  long value = atol(text);
  return value < least ? least : value > most ? most : value;
}

static inline void answer(int fd, int status, const char *format, ...) {
  char body[1024], head[256];
  va_list arguments;
  va_start(arguments, format);
  int size = vsnprintf(body, sizeof body, format, arguments);
  va_end(arguments);
  if (size >= (int)sizeof body) size = sizeof body - 1;
  int length = snprintf(head, sizeof head, "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n", status, status < 400 ? "OK" : "Failed",
                        body[0] == '{' ? "application/json" : "text/plain", size);
  if (send(fd, head, (size_t)length, MSG_NOSIGNAL) == length) send(fd, body, (size_t)size, MSG_NOSIGNAL);
}

#endif
