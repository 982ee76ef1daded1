/* SPDX-License-Identifier: BSD-2-Clause */
/* conversation_fields.c - the field tables of conversation, message, file and canned message. */
#include "rooms/conversation/conversation.h"

const struct field conversation_fields[] = {
	FIELD_U64(struct conversation, id, FIELD_KEY),
	FIELD_TEXT(struct conversation, kind, 0),
	FIELD_TEXT(struct conversation, channel, 0),
	FIELD_TEXT(struct conversation, state, 0),
	FIELD_TEXT(struct conversation, close_reason, 0),
	FIELD_U64(struct conversation, widget_id, FIELD_NULLABLE),
	FIELD_U64(struct conversation, visitor_id, FIELD_NULLABLE),
	FIELD_U64(struct conversation, identity_id, FIELD_NULLABLE),
	FIELD_U64(struct conversation, contact_id, FIELD_NULLABLE),
	FIELD_U64(struct conversation, queue_id, FIELD_NULLABLE),
	FIELD_U64(struct conversation, agent_id, FIELD_NULLABLE),
	FIELD_TEXT(struct conversation, visitor_name, 0),
	FIELD_TEXT(struct conversation, visitor_email, 0),
	FIELD_TEXT(struct conversation, start_url, 0),
	FIELD_TEXT(struct conversation, start_title, 0),
	FIELD_TEXT(struct conversation, client_id, FIELD_NULLABLE),
	FIELD_U64(struct conversation, last_seq, 0),
	FIELD_TEXT(struct conversation, last_text, 0),
	FIELD_TEXT(struct conversation, last_by, 0),
	FIELD_TIME(struct conversation, last_at, 0),
	FIELD_U64(struct conversation, visitor_seen_seq, 0),
	FIELD_U64(struct conversation, agent_seen_seq, 0),
	FIELD_U64(struct conversation, unread, 0),
	FIELD_U64(struct conversation, refusals, 0),
	FIELD_TIME(struct conversation, visitor_left_at, FIELD_NULLABLE),
	FIELD_TIME(struct conversation, created_at, 0),
	FIELD_TIME(struct conversation, waiting_since, 0),
	FIELD_TIME(struct conversation, accepted_at, FIELD_NULLABLE),
	FIELD_TIME(struct conversation, first_reply_at, FIELD_NULLABLE),
	FIELD_TIME(struct conversation, closed_at, FIELD_NULLABLE),
	FIELD_END
};

const struct field message_fields[] = {
	FIELD_U64(struct message, seq, FIELD_KEY),
	FIELD_TEXT(struct message, kind, 0),
	FIELD_TEXT(struct message, author_kind, 0),
	FIELD_U64(struct message, author_id, 0),
	FIELD_TEXT(struct message, author_name, 0),
	FIELD_TEXT(struct message, body, 0),
	FIELD_U64(struct message, file_id, FIELD_NULLABLE),
	FIELD_TEXT(struct message, client_id, FIELD_NULLABLE),
	FIELD_TIME(struct message, created_at, 0),
	FIELD_TEXT(struct message, file_name, 0),
	FIELD_TEXT(struct message, file_type, 0),
	FIELD_U64(struct message, file_size, 0),
	FIELD_U64(struct message, preview_width, 0),
	FIELD_U64(struct message, preview_height, 0),
	FIELD_TEXT(struct message, delivery, 0),
	FIELD_TEXT(struct message, delivery_problem, 0),
	FIELD_TEXT(struct message, delivery_detail, 0),
	FIELD_END
};

const struct field file_fields[] = {
	FIELD_U64(struct file, id, FIELD_KEY),
	FIELD_U64(struct file, conversation_id, 0),
	FIELD_TEXT(struct file, name, 0),
	FIELD_TEXT(struct file, type, 0),
	FIELD_U64(struct file, size, 0),
	FIELD_BYTES(struct file, hash, 0),
	FIELD_TEXT(struct file, stored, 0),
	FIELD_U64(struct file, width, 0),
	FIELD_U64(struct file, height, 0),
	FIELD_TEXT(struct file, preview, 0),
	FIELD_U64(struct file, preview_width, 0),
	FIELD_U64(struct file, preview_height, 0),
	FIELD_TIME(struct file, created_at, 0),
	FIELD_END
};
