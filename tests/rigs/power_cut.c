/* A disk with a cache that forgets: preloaded into a process, it keeps what is written to files named *.db and
 * *.db-wal in memory until fsync, so that `kill -9` loses what a power cut would lose.
 *
 *     LD_PRELOAD=./power_cut.so torv serve …
 *     POWER_CUT_LIES=1          fsync succeeds and does nothing: what a writer without syncs would leave behind.
 *                               A rig that does not fail with this proves nothing.
 *
 * Each file has a shadow in memory, shared by all its descriptors, that reads and writes go to; fsync copies the
 * changed blocks to the file. Locks and shared memory stay with the real files.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { kFiles = 64, kDescriptors = 65536, kBlock = 4096 };

struct shadow {
    dev_t device;
    ino_t inode;
    int users;
    int memory;         /* a memfd that holds what the process believes to be in the file */
    unsigned char* changed; /* one byte for each block */
    size_t blocks;
    int resized;
};

static struct shadow files[kFiles];
static struct shadow* by_descriptor[kDescriptors];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int (*real_open)(const char*, int, ...);
static int (*real_close)(int);
static ssize_t (*real_pread)(int, void*, size_t, off_t);
static ssize_t (*real_pwrite)(int, const void*, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fstat)(int, struct stat*);
static int lies;

__attribute__((constructor)) static void find_real(void) {
    real_open = dlsym(RTLD_NEXT, "open");
    real_close = dlsym(RTLD_NEXT, "close");
    real_pread = dlsym(RTLD_NEXT, "pread");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate");
    real_fstat = dlsym(RTLD_NEXT, "fstat");
    lies = getenv("POWER_CUT_LIES") != NULL;
}

static struct shadow* shadow_of(int descriptor) {
    return descriptor >= 0 && descriptor < kDescriptors ? by_descriptor[descriptor] : NULL;
}

static int is_database(const char* path) {
    const size_t length = strlen(path);
    return (length > 3 && strcmp(path + length - 3, ".db") == 0) || (length > 7 && strcmp(path + length - 7, ".db-wal") == 0);
}

static void mark(struct shadow* file, off_t from, size_t length) {
    const size_t last = ((size_t)from + length + kBlock - 1) / kBlock;
    if (last > file->blocks) {
        file->changed = realloc(file->changed, last);
        memset(file->changed + file->blocks, 0, last - file->blocks);
        file->blocks = last;
    }
    for (size_t i = (size_t)from / kBlock; i < last; ++i) file->changed[i] = 1;
}

/* What fsync promises. */
static void write_through(struct shadow* file, int descriptor) {
    static unsigned char block[kBlock];
    struct stat size;
    real_fstat(file->memory, &size);
    for (size_t i = 0; i < file->blocks; ++i) {
        if (!file->changed[i]) continue;
        file->changed[i] = 0;
        const ssize_t length = real_pread(file->memory, block, kBlock, (off_t)(i * kBlock));
        if (length > 0 && real_pwrite(descriptor, block, (size_t)length, (off_t)(i * kBlock)) != length) abort();
    }
    if (file->resized && real_ftruncate(descriptor, size.st_size) != 0) abort();
    file->resized = 0;
}

static void adopt(int descriptor) {
    struct stat real;
    if (descriptor < 0 || descriptor >= kDescriptors || real_fstat(descriptor, &real) != 0) return;
    pthread_mutex_lock(&lock);
    struct shadow* file = NULL;
    for (int i = 0; i < kFiles; ++i)
        if (files[i].users > 0 && files[i].inode == real.st_ino && files[i].device == real.st_dev) file = &files[i];
    for (int i = 0; !file && i < kFiles; ++i) {
        if (files[i].users > 0) continue;
        file = &files[i];
        *file = (struct shadow){.device = real.st_dev, .inode = real.st_ino, .memory = memfd_create("shadow", MFD_CLOEXEC)};
        static unsigned char block[1 << 16];
        off_t at = 0;
        for (ssize_t length; (length = real_pread(descriptor, block, sizeof block, at)) > 0; at += length)
            if (real_pwrite(file->memory, block, (size_t)length, at) != length) abort();
    }
    if (!file) abort();
    ++file->users;
    by_descriptor[descriptor] = file;
    pthread_mutex_unlock(&lock);
}

static int opened(const char* path, int flags, mode_t mode) {
    const int descriptor = real_open(path, flags, mode);
    if (descriptor >= 0 && is_database(path)) adopt(descriptor);
    return descriptor;
}

int open(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return opened(path, flags, mode);
}

int open64(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return opened(path, flags, mode);
}

int close(int descriptor) {
    struct shadow* file = shadow_of(descriptor);
    if (file) {
        pthread_mutex_lock(&lock);
        by_descriptor[descriptor] = NULL;
        if (--file->users == 0) {
            write_through(file, descriptor); /* the system would have written it, sooner or later */
            real_close(file->memory);
            free(file->changed);
        }
        pthread_mutex_unlock(&lock);
    }
    return real_close(descriptor);
}

ssize_t pread(int descriptor, void* to, size_t length, off_t from) {
    struct shadow* file = shadow_of(descriptor);
    return real_pread(file ? file->memory : descriptor, to, length, from);
}

ssize_t pread64(int descriptor, void* to, size_t length, off64_t from) { return pread(descriptor, to, length, from); }

ssize_t pwrite(int descriptor, const void* from, size_t length, off_t at) {
    struct shadow* file = shadow_of(descriptor);
    if (!file) return real_pwrite(descriptor, from, length, at);
    pthread_mutex_lock(&lock);
    const ssize_t written = real_pwrite(file->memory, from, length, at);
    if (written > 0) mark(file, at, (size_t)written);
    pthread_mutex_unlock(&lock);
    return written;
}

ssize_t pwrite64(int descriptor, const void* from, size_t length, off64_t at) { return pwrite(descriptor, from, length, at); }

int ftruncate(int descriptor, off_t length) {
    struct shadow* file = shadow_of(descriptor);
    if (!file) return real_ftruncate(descriptor, length);
    pthread_mutex_lock(&lock);
    const int done = real_ftruncate(file->memory, length);
    file->resized = 1;
    pthread_mutex_unlock(&lock);
    return done;
}

int ftruncate64(int descriptor, off64_t length) { return ftruncate(descriptor, length); }

int fstat(int descriptor, struct stat* to) {
    struct shadow* file = shadow_of(descriptor);
    const int done = real_fstat(descriptor, to);
    struct stat memory;
    if (file && done == 0 && real_fstat(file->memory, &memory) == 0) to->st_size = memory.st_size;
    return done;
}

int fstat64(int descriptor, struct stat64* to) { return fstat(descriptor, (struct stat*)to); }

static int sync_shadow(int descriptor) {
    struct shadow* file = shadow_of(descriptor);
    if (!file) return 0;
    if (lies) return 1;
    pthread_mutex_lock(&lock);
    write_through(file, descriptor);
    pthread_mutex_unlock(&lock);
    return 1;
}

/* Nothing needs to reach the real disk: the machine stays on. */
int fsync(int descriptor) {
    sync_shadow(descriptor);
    return 0;
}

int fdatasync(int descriptor) {
    sync_shadow(descriptor);
    return 0;
}
