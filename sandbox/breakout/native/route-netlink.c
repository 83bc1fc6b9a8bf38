/*
 * Asks the kernel over rtnetlink(7) for another network namespace. One line an answer: NAME errno text, or what came.
 *
 *   route-netlink ask ID     acts in the namespace that this one knows as ID: ID 0 of a sandbox is the namespace at the other end of its veth
 *   route-netlink own        the same towards a namespace of our own making, which is allowed
 *   route-netlink listen S   for S seconds: names of links that come or go, here and in every namespace that has an ID here
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <linux/net_namespace.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <poll.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct request {
  struct nlmsghdr head;
  union {
    struct ifinfomsg link;
    struct ifaddrmsg address;
    struct rtgenmsg general;
  };
  char room[512];
};

static struct rtattr *add(struct request *request, unsigned short type, const void *data, size_t length) {
  struct rtattr *attribute = (struct rtattr *)((char *)request + NLMSG_ALIGN(request->head.nlmsg_len));
  attribute->rta_type = type;
  attribute->rta_len = (unsigned short)RTA_LENGTH(length);
  if (length > 0) memcpy(RTA_DATA(attribute), data, length);
  request->head.nlmsg_len = NLMSG_ALIGN(request->head.nlmsg_len) + RTA_ALIGN(attribute->rta_len);
  return attribute;
}

static struct request start(unsigned short type, unsigned short flags, size_t length) {
  return (struct request){.head = {.nlmsg_len = NLMSG_LENGTH(length), .nlmsg_type = type, .nlmsg_flags = NLM_F_REQUEST | flags}};
}

static int route_socket(void) {
  int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  if (fd < 0) {
    printf("socket %s\n", strerror(errno));
    exit(1);
  }
  return fd;
}

/* Sends and counts the answers up to the error or the end. */
static void ask(const char *name, struct request *request) {
  int fd = route_socket();
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &(struct timeval){.tv_sec = 2}, sizeof(struct timeval));
  setsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &(int){1}, sizeof(int));
  if (send(fd, request, request->head.nlmsg_len, 0) < 0) {
    printf("%s %s\n", name, strerror(errno));
    close(fd);
    return;
  }
  int answers = 0, error = 0;
  for (bool is_over = false; !is_over;) {
    char bytes[32768];
    ssize_t got = recv(fd, bytes, sizeof bytes, 0);
    if (got <= 0) {
      error = got < 0 ? -errno : -EPIPE;
      break;
    }
    for (struct nlmsghdr *head = (struct nlmsghdr *)bytes; NLMSG_OK(head, got); head = NLMSG_NEXT(head, got)) {
      if (head->nlmsg_type == NLMSG_ERROR || head->nlmsg_type == NLMSG_DONE) {
        error = *(int *)NLMSG_DATA(head);
        is_over = true;
      } else {
        answers++;
      }
    }
  }
  close(fd);
  if (error < 0) printf("%s %s\n", name, strerror(-error));
  else printf("%s reached, %d answers\n", name, answers);
}

static void make_link(const char *name, const char *kind, unsigned short place_type, int id, int lower) {
  struct request request = start(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK, sizeof(struct ifinfomsg));
  add(&request, IFLA_IFNAME, "probe0", 7);
  add(&request, place_type, &id, sizeof id);
  if (lower > 0) add(&request, IFLA_LINK, &lower, sizeof lower);
  struct rtattr *info = add(&request, IFLA_LINKINFO, NULL, 0);
  add(&request, IFLA_INFO_KIND, kind, strlen(kind));
  info->rta_len = (unsigned short)((char *)&request + request.head.nlmsg_len - (char *)info);
  ask(name, &request);
}

static void ask_all(int id) {
  struct request request = start(RTM_GETLINK, NLM_F_DUMP, sizeof(struct ifinfomsg));
  add(&request, IFLA_TARGET_NETNSID, &id, sizeof id);
  ask("list-links", &request);
  request = start(RTM_GETADDR, NLM_F_DUMP, sizeof(struct ifaddrmsg));
  add(&request, IFA_TARGET_NETNSID, &id, sizeof id);
  ask("list-addresses", &request);
  make_link("make-link-there", "bridge", IFLA_TARGET_NETNSID, id, 0);
  for (int lower = 1; lower <= 40; lower++) {
    char name[40];
    snprintf(name, sizeof name, "macvlan-on-link-%d-there", lower);
    make_link(name, "macvlan", IFLA_LINK_NETNSID, id, lower);
  }
  request = start(RTM_DELLINK, NLM_F_ACK, sizeof(struct ifinfomsg));
  request.link.ifi_index = 2;
  add(&request, IFLA_TARGET_NETNSID, &id, sizeof id);
  ask("delete-link-there", &request);
}

/* A child keeps a fresh namespace, which gets an ID here. */
static int own_namespace(void) {
  int ready[2];
  if (pipe(ready) != 0) exit(1);
  pid_t child = fork();
  if (child == 0) {
    char made = unshare(CLONE_NEWNET) == 0 ? 'y' : 'n';
    if (write(ready[1], &made, 1) == 1) sleep(10);
    _exit(0);
  }
  char made = 'n';
  if (read(ready[0], &made, 1) != 1 || made != 'y') {
    printf("own namespace %s\n", strerror(errno));
    exit(1);
  }
  int id = 4711;
  struct request request = start(RTM_NEWNSID, NLM_F_ACK, sizeof(struct rtgenmsg));
  add(&request, NETNSA_NSID, &id, sizeof id);
  add(&request, NETNSA_PID, &child, sizeof child);
  ask("name-namespace", &request);
  return id;
}

static int listen_for(int seconds) {
  int fd = route_socket();
  struct sockaddr_nl groups = {.nl_family = AF_NETLINK, .nl_groups = RTMGRP_LINK};
  if (setsockopt(fd, SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, &(int){1}, sizeof(int)) != 0) printf("all-namespaces %s\n", strerror(errno));
  if (bind(fd, (struct sockaddr *)&groups, sizeof groups) != 0) printf("bind %s\n", strerror(errno));
  printf("listening\n");
  fflush(stdout);
  for (time_t end = time(NULL) + seconds; time(NULL) < end;) {
    struct pollfd incoming = {.fd = fd, .events = POLLIN};
    if (poll(&incoming, 1, 100) <= 0) continue;
    char bytes[32768];
    ssize_t got = recv(fd, bytes, sizeof bytes, 0);
    for (struct nlmsghdr *head = (struct nlmsghdr *)bytes; NLMSG_OK(head, got); head = NLMSG_NEXT(head, got)) {
      int length = (int)IFLA_PAYLOAD(head);
      for (struct rtattr *attribute = IFLA_RTA(NLMSG_DATA(head)); RTA_OK(attribute, length); attribute = RTA_NEXT(attribute, length)) {
        if (attribute->rta_type == IFLA_IFNAME) printf("link %s\n", (char *)RTA_DATA(attribute));
      }
    }
    fflush(stdout);
  }
  return 0;
}

int main(int argc, char **argv) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  if (argc == 3 && strcmp(argv[1], "ask") == 0) ask_all(atoi(argv[2]));
  else if (argc == 2 && strcmp(argv[1], "own") == 0) ask_all(own_namespace());
  else if (argc == 3 && strcmp(argv[1], "listen") == 0) return listen_for(atoi(argv[2]));
  else return 2;
  return 0;
}
