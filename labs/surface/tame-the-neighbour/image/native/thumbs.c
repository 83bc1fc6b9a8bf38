/*
 * thumbs: makes thumbnails of uploaded pictures.
 *
 *   GET /thumb?nonce=N      one normal job: up to 40 MB of memory, 12 processes, 5 MB of temporary files
 *   GET /limits             the resource limits (ulimits) of this process
 *
 * And what goes wrong with broken uploads. Nobody has found the time to fix it:
 *
 *   GET /alloc?mb=M&s=S     keeps asking for memory, holds it S seconds
 *   GET /fork?n=N&s=S       starts helper processes until N are alive, retries for S seconds
 *   GET /burn?s=S&t=T       decodes for S seconds in T processes
 *   GET /fill?mb=M          writes M MB to / and M MB to /tmp (&keep=0: and removes them again)
 *   GET /spam?mb=M          complains on standard output
 *   GET /crash              ends the whole service
 *
 * One process a request, and a worker process (with children of its own) for what is expensive: when the kernel kills a worker,
 * the service itself goes on.
 */
#include "http.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

enum { MB = 1 << 20, STRIPS = 8, STRIP_BYTES = 3 * MB, TEMPORARY_BYTES = MB / 2, LONGEST_S = 20 };

static const char *const fill_paths[2] = {"/fill.dat", "/tmp/fill.dat"};

/* What a worker tells the process that answers the request, also when it is killed halfway. */
static struct {
  volatile uint64_t done[2];
  volatile int error[2];
  volatile uint32_t result;
} *progress;

static pid_t service;
static volatile pid_t worker;

struct job { long mb, seconds, count; char text[TEXT_MAX]; };

static pid_t fork_bound(void) {
  pid_t child = fork();
  if (child == 0) prctl(PR_SET_PDEATHSIG, SIGKILL);
  return child;
}

static void make_thumbnail(const struct job *job) {
  char path[64], text[TEXT_MAX + 16], pieces[STRIPS * 8 + 1] = "";
  unsigned char *picture = mmap(NULL, STRIPS * STRIP_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  snprintf(path, sizeof path, "/tmp/thumb-%d", (int)getpid());
  int fd = open(path, O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0600);
  if (picture == MAP_FAILED || fd < 0) {
    progress->error[0] = errno;
    return;
  }
  unlink(path);
  pid_t children[STRIPS];
  for (int strip = 0; strip < STRIPS; strip++) {
    children[strip] = fork_bound();
    if (children[strip] < 0) {
      progress->error[0] = errno;
      return;
    }
    if (children[strip] == 0) {
      memset(picture + strip * STRIP_BYTES, strip, STRIP_BYTES);
      snprintf(text, sizeof text, "%s:%d", job->text, strip);
      unsigned char *block = picture + strip * STRIP_BYTES;
      uint32_t piece = fnv1a(text);
      memcpy(block, &piece, sizeof piece);
      _exit(pwrite(fd, block, TEMPORARY_BYTES, (off_t)strip * TEMPORARY_BYTES) == TEMPORARY_BYTES ? 0 : errno);
    }
  }
  for (int strip = 0; strip < STRIPS; strip++) {
    int status = 0;
    uint32_t piece = 0;
    waitpid(children[strip], &status, 0);
    if (status) progress->error[0] = WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
    if (pread(fd, &piece, sizeof piece, (off_t)strip * TEMPORARY_BYTES) != sizeof piece) progress->error[0] = EIO;
    snprintf(pieces + strip * 8, 9, "%08x", piece);
  }
  progress->result = fnv1a(pieces);
}

static void allocate(const struct job *job) {
  for (long i = 0; i < job->mb; i++) {
    void *block = mmap(NULL, MB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED) {
      progress->error[0] = errno;
      break;
    }
    memset(block, 1, MB);
    progress->done[0]++;
  }
  sleep_ms(job->seconds * 1000);
}

static void start_helpers(const struct job *job) {
  int64_t end = now_ms() + job->seconds * 1000;
  while (now_ms() < end) {
    pid_t child = (long)progress->done[0] < job->count ? fork_bound() : -1;
    if (child == 0) for (;;) pause();
    if (child > 0) progress->done[0]++;
    else {
      if ((long)progress->done[0] < job->count) progress->error[0] = errno;
      sleep_ms(2);
    }
  }
}

static void burn(const struct job *job) {
  int64_t end = now_ms() + job->seconds * 1000;
  progress->done[0] = 1;
  for (long i = 1; i < job->count; i++) {
    pid_t child = fork_bound();
    if (child == 0) break;
    if (child > 0) progress->done[0]++;
  }
  for (volatile uint64_t n = 0; now_ms() < end;)
    for (int i = 0; i < 100000; i++) n += n ^ (uint64_t)i;
}

/* Random data: a file system that compresses must not make the writes look smaller than they are. */
static void randomize(uint64_t *block, size_t words) {
  static uint64_t state;
  if (!state) state = (uint64_t)now_ms() * 0x9e3779b97f4a7c15u | 1;
  for (size_t i = 0; i < words; i++) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    block[i] = state;
  }
}

static void fill(const struct job *job) {
  static uint64_t block[MB / sizeof(uint64_t)];
  for (int place = 0; place < 2; place++) {
    int fd = open(fill_paths[place], O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
    ssize_t written = fd < 0 ? -1 : 0;
    for (long i = 0; i < job->mb && written >= 0; i++) {
      randomize(block, MB / sizeof(uint64_t));
      written = write(fd, block, MB);
      if (written > 0) progress->done[place] += (uint64_t)written;
    }
    if (written < 0) progress->error[place] = errno;
    if (fd >= 0) close(fd);
  }
}

static void complain(const struct job *job) {
  char line[1024];
  memset(line, '.', sizeof line);
  line[sizeof line - 1] = '\n';
  for (long i = 0; i < job->mb * (MB / (long)sizeof line); i++) {
    int size = snprintf(line, 300, "thumbs: upload %s-%08ld: cannot decode, trying again ", job->text, i);
    line[size] = '.';
    if (write(STDOUT_FILENO, line, sizeof line) < 0) break;
    progress->done[0] += sizeof line;
  }
}

static void give_up(int number) {
  (void)number;
  if (worker > 0) kill(-worker, SIGKILL);
}

/* Runs `work` in a worker with a process group of its own; afterwards nothing of it is left. Returns the signal that ended it, or 0. */
static int run_worker(void (*work)(const struct job *), const struct job *job) {
  int status = 0;
  worker = fork_bound();
  if (worker < 0) {
    progress->error[0] = errno;
    return 0;
  }
  if (worker == 0) {
    setpgid(0, 0);
    work(job);
    _exit(0);
  }
  setpgid(worker, worker);
  signal(SIGALRM, give_up);
  alarm(LONGEST_S + 10);
  while (waitpid(worker, &status, 0) < 0 && errno == EINTR) {}
  kill(-worker, SIGKILL);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static const char *reason(int signal_number, int place) {
  return signal_number ? "worker killed" : progress->error[place] ? strerror(progress->error[place]) : "done";
}

static void answer_fill(int fd, const struct job *job, int keep) {
  int killed = run_worker(fill, job);
  if (!keep) for (int place = 0; place < 2; place++) unlink(fill_paths[place]);
  answer(fd, killed || progress->error[0] || progress->error[1] ? 507 : 200, "{\"rootBytes\": %llu, \"root\": \"%s\", \"tmpBytes\": %llu, \"tmp\": \"%s\"}\n",
         (unsigned long long)progress->done[0], reason(killed, 0), (unsigned long long)progress->done[1], reason(killed, 1));
}

static void answer_limits(int fd) {
  struct rlimit files, processes, size;
  getrlimit(RLIMIT_NOFILE, &files);
  getrlimit(RLIMIT_NPROC, &processes);
  getrlimit(RLIMIT_FSIZE, &size);
  answer(fd, 200, "{\"nofile\": %lld, \"nproc\": %lld, \"fsize\": %lld}\n", (long long)files.rlim_max, (long long)processes.rlim_max, (long long)size.rlim_max);
}

static void respond(int fd, char *request) {
  char *path, *query;
  struct job job;
  if (!split_target(request, &path, &query)) return answer(fd, 405, "GET only\n");
  job.mb = query_number(query, "mb", 100, 1, 4096);
  job.seconds = query_number(query, "s", 5, 0, LONGEST_S);

  if (!strcmp(path, "/thumb")) {
    query_text(query, "nonce", job.text);
    int killed = run_worker(make_thumbnail, &job);
    if (killed || progress->error[0]) return answer(fd, 500, "no thumbnail: %s\n", reason(killed, 0));
    return answer(fd, 200, "thumb %s %08x\n", job.text, progress->result);
  }
  if (!strcmp(path, "/alloc")) {
    int killed = run_worker(allocate, &job);
    return answer(fd, killed || progress->error[0] ? 507 : 200, "{\"allocatedMb\": %llu, \"result\": \"%s\"}\n", (unsigned long long)progress->done[0], reason(killed, 0));
  }
  if (!strcmp(path, "/fork")) {
    job.count = query_number(query, "n", 100, 1, 10000);
    int killed = run_worker(start_helpers, &job);
    return answer(fd, killed || progress->error[0] ? 507 : 200, "{\"started\": %llu, \"result\": \"%s\"}\n", (unsigned long long)progress->done[0], reason(killed, 0));
  }
  if (!strcmp(path, "/burn")) {
    job.count = query_number(query, "t", 4, 1, 256);
    int killed = run_worker(burn, &job);
    return answer(fd, killed ? 507 : 200, "{\"processes\": %llu, \"result\": \"%s\"}\n", (unsigned long long)progress->done[0], reason(killed, 0));
  }
  if (!strcmp(path, "/fill")) return answer_fill(fd, &job, query_number(query, "keep", 1, 0, 1) == 1);
  if (!strcmp(path, "/spam")) {
    query_text(query, "tag", job.text);
    int killed = run_worker(complain, &job);
    return answer(fd, killed ? 507 : 200, "{\"loggedBytes\": %llu, \"result\": \"%s\"}\n", (unsigned long long)progress->done[0], reason(killed, 0));
  }
  if (!strcmp(path, "/limits")) return answer_limits(fd);
  if (!strcmp(path, "/crash")) {
    answer(fd, 200, "crashing\n");
    shutdown(fd, SHUT_RDWR);
    kill(service, SIGUSR1);
    return;
  }
  answer(fd, 404, "thumbs: /thumb?nonce=N, /limits\n");
}

static void handle(int fd) {
  char request[TARGET_MAX];
  size_t size = 0;
  struct timeval patience = {3, 0};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  do {
    ssize_t got = recv(fd, request + size, sizeof request - 1 - size, 0);
    if (got <= 0) return;
    request[size += (size_t)got] = 0;
  } while (!strstr(request, "\r\n\r\n") && size < sizeof request - 1);
  progress = mmap(NULL, sizeof *progress, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (progress == MAP_FAILED) return answer(fd, 503, "no memory\n");
  respond(fd, request);
}

static void stop(int number) {
  (void)number;
  _exit(0);
}

/* The first process of a container cannot be ended by a signal from inside: it has to fall by itself. */
static void crash(int number) {
  (void)number;
  _exit(134);
}

int main(void) {
  signal(SIGTERM, stop);
  signal(SIGINT, stop);
  signal(SIGUSR1, crash);
  signal(SIGCHLD, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
  service = getpid();
  int listener = listen_on(getenv("PORT"), 8083);
  printf("thumbs: open\n");
  fflush(stdout);
  for (;;) {
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (fd < 0) {
      sleep_ms(10);
      continue;
    }
    pid_t child = fork();
    if (child == 0) {
      close(listener);
      signal(SIGCHLD, SIG_DFL);
      signal(SIGUSR1, SIG_DFL);
      handle(fd);
      shutdown(fd, SHUT_WR);
      _exit(0);
    }
    if (child < 0) answer(fd, 503, "no process for this request: %s\n", strerror(errno));
    close(fd);
  }
}
