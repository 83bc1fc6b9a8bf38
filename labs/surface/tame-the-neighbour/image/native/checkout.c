/*
 * checkout: takes orders, and measures how long they take.
 *
 *   GET /order?nonce=N   one order, answered with a receipt computed from N
 *   GET /status          orders and latency (p50, p95) of the last 10 s; ?window=MS for less
 *
 * A customer comes every 100 ms, whether or not the order before is done, so a stall shows up in full in the latency.
 * Every order runs in a process of its own. A process that cannot be started, or is killed, is an order that waits.
 */
#include "http.h"

#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>

enum { CUSTOMER_EVERY_MS = 100, WINDOW_MS = 10000, RING = 256, ORDER_BYTES = 1 << 20, CLIENTS = 64, SLOW_MS = 1000, INCIDENT_SHOWN_MS = 20000, PAUSED_MS = 3000 };

struct order { int64_t done, latency; };

/* Shared by the three processes: supervisor, orders, http. */
static struct {
  volatile uint64_t count;      /* orders done; the last RING of them are in `orders` */
  struct order orders[RING];
  volatile int64_t waiting_since; /* arrival of the order in work, 0 when there is none */
  volatile int64_t incident_at;   /* when checkout was last seen slow or killed */
  volatile uint64_t killed;       /* processes of checkout that somebody else killed */
} *shared;

static void work_on_order(void) {
  unsigned char *basket = mmap(NULL, ORDER_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (basket == MAP_FAILED) _exit(1);
  for (size_t i = 0; i < ORDER_BYTES; i += 64) basket[i] = (unsigned char)i;
  munmap(basket, ORDER_BYTES);
}

static void note_killed(void) {
  shared->killed++;
  shared->incident_at = now_ms();
}

static void serve_order(void) {
  for (;;) {
    pid_t child = fork();
    if (child == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      work_on_order();
      _exit(0);
    }
    int status = 1;
    if (child > 0 && waitpid(child, &status, 0) == child && status == 0) return;
    if (child > 0 && WIFSIGNALED(status)) note_killed();
    sleep_ms(20);
  }
}

static void take_orders(void) {
  int64_t arrival = now_ms();
  for (;;) {
    arrival += CUSTOMER_EVERY_MS;
    int64_t early = arrival - now_ms();
    if (early > 0) sleep_ms(early);
    /* Asleep for seconds: the whole machine stood still, which is nobody's load. */
    if (now_ms() - arrival > PAUSED_MS && early > 0) arrival = now_ms();
    shared->waiting_since = arrival;
    serve_order();
    shared->orders[shared->count % RING] = (struct order){now_ms(), now_ms() - arrival};
    shared->count++;
    shared->waiting_since = 0;
  }
}

static int by_size(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

struct latency { int orders; int64_t p50, p95; };

static struct latency latency_of_last(int64_t window) {
  int64_t sorted[RING + RING], now = now_ms(), waiting = shared->waiting_since;
  uint64_t count = shared->count;
  int n = 0;
  for (uint64_t i = 1; i <= RING && i <= count; i++) {
    struct order order = shared->orders[(count - i) % RING];
    if (now - order.done < window) sorted[n++] = order.latency;
  }
  /* Customers who still stand in the queue count with the time they have waited. */
  for (; waiting && waiting < now && n < RING + RING; waiting += CUSTOMER_EVERY_MS) sorted[n++] = now - waiting;
  qsort(sorted, (size_t)n, sizeof *sorted, by_size);
  return (struct latency){n, n ? sorted[n / 2] : 0, n ? sorted[n * 95 / 100] : 0};
}

static int is_incident(void) {
  if (latency_of_last(WINDOW_MS).p95 > SLOW_MS) shared->incident_at = now_ms();
  return shared->incident_at && now_ms() - shared->incident_at < INCIDENT_SHOWN_MS;
}

static void respond(int fd, char *request) {
  char *path, *query, nonce[TEXT_MAX], text[TEXT_MAX + 8];
  if (!split_target(request, &path, &query)) return answer(fd, 405, "GET only\n");
  if (!strcmp(path, "/order")) {
    work_on_order();
    snprintf(text, sizeof text, "order:%s", query_text(query, "nonce", nonce));
    return answer(fd, 200, "order %s %08x\n", nonce, fnv1a(text));
  }
  if (!strcmp(path, "/status")) {
    struct latency latency = latency_of_last(query_number(query, "window", WINDOW_MS, 500, WINDOW_MS));
    const char *flag = getenv("FLAG");
    if (is_incident())
      return answer(fd, 200, "{\"orders\": %d, \"p50Ms\": %lld, \"p95Ms\": %lld, \"killed\": %llu, \"flag\": \"%s\"}\n", latency.orders, (long long)latency.p50,
                    (long long)latency.p95, (unsigned long long)shared->killed, flag ? flag : "");
    return answer(fd, 200, "{\"orders\": %d, \"p50Ms\": %lld, \"p95Ms\": %lld, \"killed\": %llu}\n", latency.orders, (long long)latency.p50, (long long)latency.p95,
                  (unsigned long long)shared->killed);
  }
  answer(fd, 404, "checkout: /order?nonce=N, /status\n");
}

static struct { char request[TARGET_MAX]; size_t size; int64_t since; } clients[CLIENTS];

/* One process for all clients: it needs nothing of the kernel that a neighbour could use up. */
static void serve_http(int listener) {
  struct pollfd fds[CLIENTS + 1] = {{listener, POLLIN, 0}};
  for (int i = 1; i <= CLIENTS; i++) fds[i].fd = -1;
  for (;;) {
    poll(fds, CLIENTS + 1, 1000);
    is_incident();
    for (int i = 1; i <= CLIENTS; i++) {
      if (fds[i].fd < 0) continue;
      int finished = now_ms() - clients[i - 1].since > 3000;
      if (fds[i].revents) {
        size_t size = clients[i - 1].size;
        ssize_t got = recv(fds[i].fd, clients[i - 1].request + size, TARGET_MAX - 1 - size, MSG_DONTWAIT);
        if (got > 0) {
          clients[i - 1].size = size += (size_t)got;
          clients[i - 1].request[size] = 0;
          if (strstr(clients[i - 1].request, "\r\n\r\n") || size == TARGET_MAX - 1) {
            respond(fds[i].fd, clients[i - 1].request);
            shutdown(fds[i].fd, SHUT_WR);
            finished = 1;
          }
        } else if (got == 0 || errno != EAGAIN) finished = 1;
      }
      if (finished) {
        close(fds[i].fd);
        fds[i].fd = -1;
      }
    }
    if (fds[0].revents & POLLIN) {
      int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC), i = 1;
      while (i <= CLIENTS && fds[i].fd >= 0) i++;
      if (fd >= 0 && i <= CLIENTS) {
        fds[i] = (struct pollfd){fd, POLLIN, 0};
        clients[i - 1].size = 0;
        clients[i - 1].since = now_ms();
      } else if (fd >= 0) close(fd);
    }
  }
}

static pid_t start(int is_http, int listener) {
  for (;;) {
    pid_t child = fork();
    if (child > 0) return child;
    if (child == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (is_http) serve_http(listener);
      close(listener);
      take_orders();
    }
    sleep_ms(100);
  }
}

static void stop(int number) {
  (void)number;
  _exit(0);
}

int main(void) {
  signal(SIGTERM, stop);
  signal(SIGINT, stop);
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int listener = listen_on(getenv("PORT"), 8080);
  pid_t children[2] = {start(0, listener), start(1, listener)};
  printf("checkout: open\n");
  fflush(stdout);
  for (;;) {
    int status;
    pid_t gone = wait(&status);
    for (int i = 0; i < 2; i++)
      if (gone == children[i]) {
        note_killed();
        children[i] = start(i, listener);
      }
  }
}
