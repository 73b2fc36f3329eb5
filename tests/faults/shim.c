/*
 * The calls by which a program changes the disk -> counted, and at the nth one failing or the process killed.
 * Loaded with LD_PRELOAD into the program under test (Linux). Knows nothing of what the program does.
 *
 *   SHIM_UNDER    only calls on paths below this folder count
 *   SHIM_LOG      a file that gets a line for each counted call, before the call is made: "rename /a/b"
 *   SHIM_AT       the number of the call, from 1, at which something happens
 *   SHIM_DO       "kill"   SIGKILL instead of the call
 *                 "half"   half of what a write would write, then SIGKILL
 *                 "28"     this call fails with that errno
 *                 "28+"    this and all later ones fail, but for those that take away when the errno is ENOSPC
 *   SHIM_READ     a path; what happens to it when it is read:
 *   SHIM_READ_DO  "13"     opening it fails with that errno
 *                 "vanish" it is gone when it is opened, after it was seen
 *                 "change" half of it is read, then it is written over in place with the file SHIM_WITH
 *   SHIM_TIMES    how many times "change" happens
 *   SHIM_FLOCK    flock fails with that errno
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* The next definition of a function: the C library's. */
#define NEXT(type, name) ((type)dlsym(RTLD_NEXT, name))

static int calls;
static int changes;

static void die(void) { syscall(SYS_kill, syscall(SYS_getpid), SIGKILL); }

/* The absolute path of `path`, from the folder behind `folder`. */
static void absolute(int folder, const char *path, char out[2 * PATH_MAX]) {
    char link[64], base[PATH_MAX];
    if (path[0] == '/') {
        snprintf(out, 2 * PATH_MAX, "%s", path);
        return;
    }
    if (folder == AT_FDCWD)
        snprintf(link, sizeof link, "/proc/self/cwd");
    else
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, base, sizeof base - 1);
    base[length < 0 ? 0 : length] = 0;
    if (path[0] == 0)
        snprintf(out, 2 * PATH_MAX, "%s", base);
    else
        snprintf(out, 2 * PATH_MAX, "%s/%s", base, path);
}

/* Counts a call. Gives the errno that it is to fail with, 0 if none, or -1 for half of a write. */
static int count(const char *name, int folder, const char *path) {
    const char *under = getenv("SHIM_UNDER"), *log = getenv("SHIM_LOG"), *at = getenv("SHIM_AT"),
               *action = getenv("SHIM_DO");
    char whole[2 * PATH_MAX];
    absolute(folder, path, whole);
    if (!under || strncmp(whole, under, strlen(under)) != 0)
        return 0;
    int number = __sync_add_and_fetch(&calls, 1);
    if (log) {
        char line[2 * PATH_MAX + 64];
        int length = snprintf(line, sizeof line, "%s %s\n", name, whole);
        int file = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0666);
        syscall(SYS_write, file, line, length);
        syscall(SYS_close, file);
    }
    if (!at || !action)
        return 0;
    int first = atoi(at), later = action[strlen(action) - 1] == '+';
    if (number < first || (number > first && !later))
        return 0;
    if (strcmp(action, "kill") == 0)
        die();
    if (strcmp(action, "half") == 0)
        return -1;
    int fault = atoi(action);
    int takes_away = strncmp(name, "unlink", 6) == 0 || strcmp(name, "rmdir") == 0;
    return later && fault == ENOSPC && takes_away ? 0 : fault;
}

/* The same for a file that is open. */
static int count_open(const char *name, int file) { return count(name, file, ""); }

static int is_read_path(int folder, const char *path) {
    const char *wanted = getenv("SHIM_READ");
    char whole[2 * PATH_MAX];
    if (!wanted)
        return 0;
    absolute(folder, path, whole);
    return strcmp(whole, wanted) == 0;
}

/* What `open` and its kin have in common. Gives an errno. */
static int opening(int folder, const char *path, int flags) {
    if (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) {
        int fault = count("open", folder, path);
        if (fault < 0)
            die();
        return fault;
    }
    if (is_read_path(folder, path)) {
        const char *action = getenv("SHIM_READ_DO");
        if (strcmp(action, "vanish") == 0)
            syscall(SYS_unlinkat, folder, path, 0);
        else if (strcmp(action, "change") != 0)
            return atoi(action);
    }
    return 0;
}

#define MODE(flags, mode)                                                                                              \
    mode_t mode = 0;                                                                                                   \
    if ((flags) & (O_CREAT | O_TMPFILE)) {                                                                             \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        mode = va_arg(rest, mode_t);                                                                                   \
        va_end(rest);                                                                                                  \
    }

#define FAIL(fault)                                                                                                    \
    do {                                                                                                               \
        int number = (fault);                                                                                          \
        if (number < 0)                                                                                                \
            die();                                                                                                     \
        if (number > 0) {                                                                                              \
            errno = number;                                                                                            \
            return -1;                                                                                                 \
        }                                                                                                              \
    } while (0)

int open(const char *path, int flags, ...) {
    MODE(flags, mode)
    FAIL(opening(AT_FDCWD, path, flags));
    return NEXT(int (*)(const char *, int, ...), "open")(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    MODE(flags, mode)
    FAIL(opening(AT_FDCWD, path, flags));
    return NEXT(int (*)(const char *, int, ...), "open64")(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...) {
    MODE(flags, mode)
    FAIL(opening(folder, path, flags));
    return NEXT(int (*)(int, const char *, int, ...), "openat")(folder, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...) {
    MODE(flags, mode)
    FAIL(opening(folder, path, flags));
    return NEXT(int (*)(int, const char *, int, ...), "openat64")(folder, path, flags, mode);
}

ssize_t read(int file, void *bytes, size_t length) {
    ssize_t (*next)(int, void *, size_t) = NEXT(ssize_t(*)(int, void *, size_t), "read");
    const char *times = getenv("SHIM_TIMES"), *with = getenv("SHIM_WITH");
    if (!times || !with || !is_read_path(file, "") || lseek(file, 0, SEEK_CUR) != 0 || changes >= atoi(times))
        return next(file, bytes, length);
    changes++;
    struct stat about;
    fstat(file, &about);
    ssize_t got = next(file, bytes, (size_t)about.st_size / 2 + 1);
    char copied[4096];
    int from = syscall(SYS_openat, AT_FDCWD, with, O_RDONLY);
    int to = syscall(SYS_openat, AT_FDCWD, getenv("SHIM_READ"), O_WRONLY | O_TRUNC);
    for (long part; (part = syscall(SYS_read, from, copied, sizeof copied)) > 0;)
        syscall(SYS_write, to, copied, part);
    syscall(SYS_close, from);
    syscall(SYS_close, to);
    return got;
}

ssize_t write(int file, const void *bytes, size_t length) {
    ssize_t (*next)(int, const void *, size_t) = NEXT(ssize_t(*)(int, const void *, size_t), "write");
    int fault = count_open("write", file);
    if (fault < 0)
        next(file, bytes, length / 2);
    FAIL(fault);
    return next(file, bytes, length);
}

ssize_t writev(int file, const struct iovec *parts, int number) {
    FAIL(count_open("writev", file));
    return NEXT(ssize_t(*)(int, const struct iovec *, int), "writev")(file, parts, number);
}

int rename(const char *from, const char *to) {
    FAIL(count("rename", AT_FDCWD, to));
    return NEXT(int (*)(const char *, const char *), "rename")(from, to);
}

int unlink(const char *path) {
    FAIL(count("unlink", AT_FDCWD, path));
    return NEXT(int (*)(const char *), "unlink")(path);
}

int unlinkat(int folder, const char *path, int flags) {
    FAIL(count("unlinkat", folder, path));
    return NEXT(int (*)(int, const char *, int), "unlinkat")(folder, path, flags);
}

int mkdir(const char *path, mode_t mode) {
    FAIL(count("mkdir", AT_FDCWD, path));
    return NEXT(int (*)(const char *, mode_t), "mkdir")(path, mode);
}

int rmdir(const char *path) {
    FAIL(count("rmdir", AT_FDCWD, path));
    return NEXT(int (*)(const char *), "rmdir")(path);
}

int fsync(int file) {
    FAIL(count_open("fsync", file));
    return NEXT(int (*)(int), "fsync")(file);
}

int fdatasync(int file) {
    FAIL(count_open("fdatasync", file));
    return NEXT(int (*)(int), "fdatasync")(file);
}

int ftruncate64(int file, off64_t length) {
    FAIL(count_open("ftruncate", file));
    return NEXT(int (*)(int, off64_t), "ftruncate64")(file, length);
}

ssize_t copy_file_range(int from, off64_t *in, int to, off64_t *out, size_t length, unsigned flags) {
    FAIL(count_open("copy_file_range", to));
    return NEXT(ssize_t(*)(int, off64_t *, int, off64_t *, size_t, unsigned), "copy_file_range")(from, in, to, out,
                                                                                                 length, flags);
}

ssize_t sendfile64(int to, int from, off64_t *offset, size_t length) {
    FAIL(count_open("sendfile", to));
    return NEXT(ssize_t(*)(int, int, off64_t *, size_t), "sendfile64")(to, from, offset, length);
}

int flock(int file, int operation) {
    const char *fault = getenv("SHIM_FLOCK");
    if (fault)
        FAIL(atoi(fault));
    return NEXT(int (*)(int, int), "flock")(file, operation);
}
