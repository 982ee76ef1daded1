/* SPDX-License-Identifier: BSD-2-Clause */
/* otp.h - time-based one-time passwords (RFC 6238: SHA-1, 30 seconds, 6 digits, which every app knows) by liboath. */
#ifndef HARK_EDGE_OTP_H
#define HARK_EDGE_OTP_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/clock.h"

#define OTP_DIGITS 6

/* A new secret: 160 random bits (RFC 4226 section 4) as base32 without padding, 32 characters. */
char *otp_secret(struct arena *arena);

/* Is `code` the one of `now`, or of the 30 seconds before or after? *step then is the number of its 30 seconds: whoever asks keeps the
 * newest step that was used and takes no older one, so that a code counts once. Spaces in the code do not matter. */
bool otp_matches(const char *secret, const char *code, clock_ms now, uint64_t *step);

/* "otpauth://totp/…", what apps read out of a QR code (github.com/google/google-authenticator/wiki/Key-Uri-Format). */
const char *otp_uri(struct arena *arena, const char *secret, const char *issuer, const char *account);

#endif
