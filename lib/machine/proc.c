/* SPDX-License-Identifier: MIT */
/* What the system says of this process and of itself. */
#include "machine/proc.h"

#include <fcntl.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"

/* The start of a file of /proc as a string; false when it cannot be read. */
static bool
read_start(const char *path, char *to, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, to, size - 1);

	if (fd >= 0)
		(void)close(fd);
	to[n > 0 ? n : 0] = '\0';
	return n > 0;
}

/*
 * By /proc, since ru_maxrss of getrusage(2) begins with that of the process
 * that called exec.
 */
int64_t
proc_peak_memory(void)
{
	static const char key[] = "VmHWM:";
	char text[4096];
	int64_t kib;

	if (!read_start("/proc/self/status", text, sizeof(text)))
		return 0;
	char *p = strstr(text, key);

	if (p == NULL)
		return 0;
	p += sizeof(key) - 1;
	p += strspn(p, " \t");
	if (num_read_int(p, strspn(p, "0123456789"), &kib) != NUM_OK)
		return 0;
	return kib * 1024;
}

char *
proc_user(void)
{
	const struct passwd *user = getpwuid(getuid());
	char digits[NUM_TEXT_SIZE];
	size_t n;

	if (user != NULL)
		return mem_text(user->pw_name, strlen(user->pw_name));
	n = num_put_int(digits, getuid());
	return mem_text(digits, n);
}

char *
proc_boot(void)
{
	char text[64];

	if (!read_start("/proc/sys/kernel/random/boot_id", text, sizeof(text)))
		return NULL;
	return mem_text(text, strcspn(text, "\n"));
}
