/* SPDX-License-Identifier: MIT */
/* What the system says of this process. */
#include "machine/proc.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/num.h"

/*
 * By /proc, since ru_maxrss of getrusage(2) begins with that of the process
 * that called exec.
 */
int64_t
proc_peak_memory(void)
{
	static const char key[] = "VmHWM:";
	char text[4096];
	int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	int64_t kib;

	if (fd >= 0)
		close(fd);
	if (n <= 0)
		return 0;
	text[n] = '\0';
	char *p = strstr(text, key);

	if (p == NULL)
		return 0;
	p += sizeof(key) - 1;
	p += strspn(p, " \t");
	if (num_read_int(p, strspn(p, "0123456789"), &kib) != NUM_OK)
		return 0;
	return kib * 1024;
}
