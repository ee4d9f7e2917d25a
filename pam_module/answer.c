/* SPDX-License-Identifier: MIT
 * The helper's answer: a record with a status, read from a message of at most SESSION_REPLY_MAX
 * bytes. It may come from a program that the user controls, and ends up in root's log. */

#include "internal.h"

void answer_set(struct answer *answer, enum status status, const char *detail)
{
    size_t i = 0;
    answer->status = status;
    for (; detail && detail[i] != '\0' && i + 1 < sizeof answer->detail; i++)
        answer->detail[i] = detail[i] >= ' ' && detail[i] <= '~' ? detail[i] : '?';
    answer->detail[i] = '\0';
}

void answer_parse(struct answer *answer, const char *text, size_t size)
{
    struct record record = {0};
    enum status status = STATUS_BAD_INPUT;
    enum status parsed = record_parse(&record, text, size, NULL);
    const char *name = record_get(&record, SESSION_KEY_STATUS);
    if (parsed == STATUS_OK && name && status_from_name(name, &status))
        answer_set(answer, status, record_get(&record, SESSION_KEY_DETAIL));
    else
        answer_set(answer, STATUS_BAD_INPUT, "the helper's answer is no status");
    record_clear(&record);
}
