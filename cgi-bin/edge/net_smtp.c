/* SPDX-License-Identifier: BSD-2-Clause */
/* net_smtp.c - SMTP by libcurl. */
#include "edge/net_smtp.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "edge/net_guard.h"

#define TIMEOUT CLOCK_MINUTE
#define CONNECT_TIMEOUT (20 * CLOCK_SECOND)
#define WORDS_MOST ((size_t)400)     /* bytes of the server's words */

/* One mail on its way. */
struct flight {
	const struct net_smtp_mail *mail;
	size_t sent;
	struct str words;                /* the lines of the last answer that was a refusal */
};

/* Each line that the server says: those that begin with 4 or 5 are kept. */
static size_t
on_line(char *bytes, size_t size, size_t count, void *arg)
{
	struct flight *flight = arg;
	size_t len = size * count, end = len;

	if (len < 4 || (bytes[0] != '4' && bytes[0] != '5') || flight->words.len > WORDS_MOST)
		return len;
	while (end > 0 && (bytes[end - 1] == '\r' || bytes[end - 1] == '\n'))
		end--;
	if (flight->words.len > 0)
		str_add_char(&flight->words, ' ');
	str_add_bytes(&flight->words, bytes, end < WORDS_MOST ? end : WORDS_MOST);
	return len;
}

static size_t
on_read(char *bytes, size_t size, size_t count, void *arg)
{
	struct flight *flight = arg;
	size_t left = flight->mail->len - flight->sent;
	size_t len = left < size * count ? left : size * count;

	memcpy(bytes, flight->mail->bytes + flight->sent, len);
	flight->sent += len;
	return len;
}

static void
flight_server(CURL *curl, struct arena *arena, const struct net_smtp_server *server)
{
	static const long use[] = {
		[NET_SMTP_PLAIN] = CURLUSESSL_NONE, [NET_SMTP_OFFERED] = CURLUSESSL_TRY, [NET_SMTP_STARTTLS] = CURLUSESSL_ALL,
		[NET_SMTP_TLS] = CURLUSESSL_ALL
	};
	clock_ms timeout = server->timeout > 0 ? server->timeout : TIMEOUT;

	net_guard_limits(curl, &server->may_be_private);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_URL, arena_printf(arena, "%s://%s/%s", server->security == NET_SMTP_TLS ? "smtps" : "smtp",
		server->host, server->hello));
	curl_easy_setopt(curl, CURLOPT_USE_SSL, use[server->security]);
	if (server->security == NET_SMTP_OFFERED) {
		curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
		curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
	}
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)timeout);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)(timeout < CONNECT_TIMEOUT ? timeout : CONNECT_TIMEOUT));
	if (text_is_blank(server->user))
		return;
	curl_easy_setopt(curl, CURLOPT_USERNAME, server->user);
	curl_easy_setopt(curl, CURLOPT_PASSWORD, server->password);
}

static struct curl_slist *
flight_mail(CURL *curl, struct flight *flight)
{
	struct curl_slist *readers = curl_slist_append(NULL, flight->mail->to);

	CHECK(readers != NULL);
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, flight->mail->from);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, readers);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)flight->mail->len);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_read);
	curl_easy_setopt(curl, CURLOPT_READDATA, flight);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_line);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, flight);
	return readers;
}

/* 5xx is for good only where it is about the mail: a wrong password or a missing TLS is mended, and then the mail goes. A server that
 * greets with a no has not heard of the mail; libcurl gives the same code for a no behind the text. */
static enum net_smtp_outcome
outcome_of(const struct flight *flight, CURLcode code, long status)
{
	if (code == CURLE_OK)
		return NET_SMTP_SENT;
	if (status < 500 || status == 530 || (status >= 534 && status <= 538) || (code == CURLE_WEIRD_SERVER_REPLY && flight->sent == 0))
		return NET_SMTP_LATER;
	return code == CURLE_LOGIN_DENIED || code == CURLE_USE_SSL_FAILED || code == CURLE_REMOTE_ACCESS_DENIED
		? NET_SMTP_LATER : NET_SMTP_REFUSED;
}

/* The server's words; else why it was not reached. Of a server that others have named, only that it was not: what is open or closed in
 * which network is not theirs to learn. */
static const char *
words_of(struct arena *arena, const struct flight *flight, CURLcode code, bool may_tell)
{
	if (flight->words.len > 0)
		return text_repair(arena, flight->words.data);
	if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE)
		return "The certificate of the mail server is not valid for it.";
	if (code == CURLE_USE_SSL_FAILED)
		return "The mail server does not offer an encrypted connection.";
	if (code == CURLE_LOGIN_DENIED)
		return "The mail server does not accept the user or the password.";
	return may_tell ? arena_text(arena, curl_easy_strerror(code)) : "The mail server could not be reached.";
}

enum net_smtp_outcome
net_smtp_send(struct arena *arena, const struct net_smtp_server *server, const struct net_smtp_mail *mail,
	struct net_smtp_answer *answer)
{
	struct flight flight = { .mail = mail };
	CURL *curl = curl_easy_init();
	struct curl_slist *readers;
	long status = 0;
	CURLcode code;

	CHECK(curl != NULL && text_is_email(mail->from) && text_is_email(mail->to));
	str_init(&flight.words, arena);
	flight_server(curl, arena, server);
	readers = flight_mail(curl, &flight);
	code = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_cleanup(curl);
	curl_slist_free_all(readers);
	answer->status = (int)status;
	answer->words = code == CURLE_OK ? "" : words_of(arena, &flight, code, server->may_be_private);
	return outcome_of(&flight, code, status);
}
