/* SPDX-License-Identifier: MIT
 * Reads a scenario file: one statement a line, its first word says which. */
#include <stdio.h>
#include <string.h>

#include "reader.h"

/* --- the machine --- */

static void read_service(struct reader *reader)
{
    reader->scenario->service = reader_word(reader, "service");
}

static void read_user(struct reader *reader)
{
    reader->scenario->user = reader_word(reader, "user");
}

static void read_host(struct reader *reader)
{
    reader->scenario->runs_as = reader_word(reader, "host's user");
}

static void read_helper(struct reader *reader)
{
    reader->scenario->helper = reader_rest(reader);
}

static void read_observed(struct reader *reader)
{
    reader->scenario->observed = reader_rest(reader);
}

static void read_hide(struct reader *reader)
{
    reader_need_room(reader, reader->scenario->hidden, HIDDEN_MAX);
    reader->scenario->hide[reader->scenario->hidden++] = reader_word(reader, "path");
}

static struct file *add_file(struct reader *reader, enum file_kind kind)
{
    struct scenario *scenario = reader->scenario;
    reader_need_room(reader, scenario->files, FILES_MAX);
    struct file *file = &scenario->file[scenario->files++];
    file->line = reader->line;
    file->kind = kind;
    file->path = reader_word(reader, "path");
    return file;
}

static struct file *add_owned(struct reader *reader, enum file_kind kind)
{
    struct file *file = add_file(reader, kind);
    file->owner = reader_word(reader, "owner");
    file->mode = (mode_t)reader_number(reader, 8, "mode");
    return file;
}

static void read_file(struct reader *reader)
{
    struct file *file = add_owned(reader, FILE_TEXT);
    if (*reader_rest(reader) != '\0')
        file->size = reader_number(reader, 10, "size");
}

static void read_folder(struct reader *reader)
{
    add_owned(reader, FILE_FOLDER);
}

static void read_fifo(struct reader *reader)
{
    add_owned(reader, FILE_FIFO);
}

static void read_link(struct reader *reader)
{
    add_file(reader, FILE_LINK)->target = reader_word(reader, "target");
}

static void read_content(struct reader *reader)
{
    struct scenario *scenario = reader->scenario;
    if (scenario->files == 0)
        differ(reader->line, "no file has this content");
    struct lines *content = &scenario->file[scenario->files - 1].content;
    reader_need_room(reader, content->count, LINES_MAX);
    content->text[content->count++] = reader->rest;
}

/* --- what has to be seen --- */

static struct step *last_step(struct reader *reader)
{
    if (reader->scenario->steps == 0)
        differ(reader->line, "this belongs under a call");
    return &reader->scenario->step[reader->scenario->steps - 1];
}

static struct expected *expect(struct reader *reader, struct expectations *list)
{
    reader_need_room(reader, list->count, EXPECTED_MAX);
    struct expected *expected = &list->item[list->count++];
    expected->line = reader->line;
    return expected;
}

static void read_message(struct reader *reader)
{
    struct expected *message = expect(reader, &last_step(reader)->messages);
    message->kind = reader_value(reader, message_words, "kind of message");
    message->text = reader_quoted(reader);
}

static void read_prompt(struct reader *reader)
{
    struct expected *prompt = expect(reader, &last_step(reader)->messages);
    prompt->kind = reader_value(reader, message_words, "kind of prompt");
    prompt->text = reader_quoted(reader);
    prompt->answer = reader_rest(reader);
    if (prompt->kind == PAM_PROMPT_ECHO_OFF)
        prompt->answer = password_find(prompt->answer);
    if (!prompt->answer)
        differ(reader->line, "no such password");
}

static void read_log(struct reader *reader)
{
    struct expected *log = expect(reader, &last_step(reader)->log);
    log->kind = reader_value(reader, priority_words, "priority");
    log->text = reader_rest(reader);
}

static void read_request(struct reader *reader)
{
    expect(reader, &last_step(reader)->requests)->text = reader_rest(reader);
}

static void read_env(struct reader *reader)
{
    expect(reader, &last_step(reader)->environment)->text = reader_rest(reader);
}

static void read_seconds(struct reader *reader)
{
    struct step *step = last_step(reader);
    step->least = (unsigned)reader_number(reader, 10, "number of seconds");
    step->most = (unsigned)reader_number(reader, 10, "number of seconds");
}

/* --- calls --- */

static void read_flags(struct reader *reader, struct step *step)
{
    char *word = reader_word(reader, "code");
    const struct word *flag;
    while ((flag = word_find(flag_words, word))) {
        step->flags |= flag->value;
        word = reader_word(reader, "code");
    }
    const struct word *code = word_find(code_words, word);
    if (!code)
        differ(reader->line, "\"%s\" is neither flag nor code", word);
    step->code = code->value;
}

static void read_step(struct reader *reader, const struct action *action, bool forked)
{
    struct scenario *scenario = reader->scenario;
    reader_need_room(reader, scenario->steps, STEPS_MAX);
    struct step *step = &scenario->step[scenario->steps++];
    *step = (struct step){.line = reader->line, .action = action, .forked = forked};
    if (action->entry) {
        read_flags(reader, step);
    } else {
        step->item = reader_next(reader);
        step->value = reader_rest(reader);
    }
}

static void read_fork(struct reader *reader)
{
    const char *name = reader_word(reader, "call");
    const struct action *action = action_find(name);
    if (!action)
        differ(reader->line, "\"%s\" is no call", name);
    read_step(reader, action, true);
}

/* --- lines --- */

static const struct {
    const char *word;
    void (*read)(struct reader *reader);
} statements[] = {
    {"service", read_service}, {"user", read_user},         {"host", read_host},
    {"helper", read_helper},   {"observed", read_observed}, {"hide", read_hide},
    {"file", read_file},       {"folder", read_folder},     {"fifo", read_fifo},
    {"link", read_link},       {"|", read_content},         {"message", read_message},
    {"prompt", read_prompt},   {"log", read_log},           {"request", read_request},
    {"env", read_env},         {"seconds", read_seconds},   {"fork", read_fork},
};

static bool is_group(const char *word)
{
    const char *const *group = groups;
    while (*group && strcmp(word, *group) != 0)
        group++;
    return *group != NULL;
}

/* A line of the stack stands as in /etc/pam.d, and goes there as it stands. */
static void read_stack(struct reader *reader, const char *line)
{
    struct lines *stack = &reader->scenario->stack;
    reader_need_room(reader, stack->count, LINES_MAX);
    stack->text[stack->count++] = line;
}

static void read_statement(struct reader *reader, char *words, const char *line)
{
    reader->rest = words;
    const char *word = reader_word(reader, "word");
    const struct action *action = action_find(word);
    for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++) {
        if (strcmp(statements[i].word, word) == 0) {
            statements[i].read(reader);
            return;
        }
    }
    if (action)
        read_step(reader, action, false);
    else if (is_group(word))
        read_stack(reader, line);
    else
        differ(reader->line, "\"%s\" is no word of a scenario", word);
}

static void read_text(struct scenario *scenario, const char *path)
{
    FILE *file = fopen(path, "re");
    size_t size = file ? fread(scenario->words, 1, SCENARIO_MAX, file) : 0;
    if (size == 0 || size == SCENARIO_MAX)
        differ(0, "it cannot be read, is empty, or too long");
    fclose(file);
    memcpy(scenario->lines, scenario->words, size);
}

/* The next line of the text, without what indents it; NULL at the end. */
static char *next_line(char **text)
{
    char *line = strsep(text, "\n");
    return line ? line + strspn(line, " ") : NULL;
}

void scenario_parse(struct scenario *scenario, const char *path)
{
    struct reader reader = {.scenario = scenario};
    char *words, *line, *words_left = scenario->words, *lines_left = scenario->lines;
    scenario->service = "sshd";
    scenario->helper = "answers ok";
    read_text(scenario, path);
    while ((words = next_line(&words_left)) && (line = next_line(&lines_left))) {
        reader.line++;
        if (*line != '\0' && *line != '#')
            read_statement(&reader, words, line);
    }
    if (scenario->steps == 0)
        differ(reader.line, "there is no call");
}
