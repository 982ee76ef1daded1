/* SPDX-License-Identifier: BSD-2-Clause */
/* command_password.c - a password from a file, from standard input or from a terminal: never from the command line, where all see it. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "edge/crypt.h"
#include "programs/command.h"

/* The first line, at most what a password may have. */
static const char *
password_line(const struct command_run *run, FILE *file, const char *name)
{
	char line[CRYPT_PASSWORD_MAX + 3];
	size_t len;

	if (fgets(line, sizeof(line), file) == NULL)
		return command_fail(run, EXIT_FAILED, "%s holds no password", name), NULL;
	len = strcspn(line, "\r\n");
	if (len > CRYPT_PASSWORD_MAX)
		return command_fail(run, EXIT_FAILED, "a password has at most %d bytes", CRYPT_PASSWORD_MAX), NULL;
	if (len == 0)
		return command_fail(run, EXIT_FAILED, "%s holds no password", name), NULL;
	return arena_text_of(run->arena, line, len);
}

static const int stops[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM };
static struct termios terminal;          /* as it was before the question */

/* Whoever breaks off gets the terminal back as it was. SA_RESETHAND: the second time the signal ends the program. */
static void
on_stop(int signal_number)
{
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal);
	raise(signal_number);
}

static void
catch_stops(void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = (int)SA_RESETHAND };
	size_t i;

	for (i = 0; i < COUNT_OF(stops); i++)
		sigaction(stops[i], &action, NULL);
}

static const char *
password_ask(const struct command_run *run)
{
	struct termios silent;
	const char *password;

	if (tcgetattr(STDIN_FILENO, &terminal) != 0)
		return "";
	catch_stops(on_stop);
	silent = terminal;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
	fputs("Password: ", stderr);
	password = password_line(run, stdin, "The answer");
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal);
	catch_stops(SIG_DFL);
	fputc('\n', stderr);
	return password;
}

const char *
command_first_line(const struct command_run *run, const char *option)
{
	const char *name = command_value(run, option);
	const char *password;
	FILE *file;

	if (name == NULL)
		return "";
	if (strcmp(name, "-") == 0)
		return password_line(run, stdin, "Standard input");
	file = fopen(name, "re");
	if (file == NULL)
		return command_fail(run, EXIT_FAILED, "%s: %s", name, strerror(errno)), NULL;
	password = password_line(run, file, name);
	fclose(file);
	return password;
}

const char *
command_password(const struct command_run *run)
{
	if (command_value(run, "password-file") != NULL)
		return command_first_line(run, "password-file");
	return isatty(STDIN_FILENO) ? password_ask(run) : "";
}
