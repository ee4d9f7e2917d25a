/* SPDX-License-Identifier: MIT
 * The wrapped functions of libpam: items, the module's data with libpam's rules for its cleanup,
 * the session's environment, and a log that is read. */
#include "libpam.h"

#include <pwd.h>
#include <security/pam_ext.h>
#include <security/pam_modutil.h>
#include <stdarg.h>
#include <unistd.h>

#include "faults.h"

enum { NAME_SIZE = 300, PASSWORD_SIZE = 700, MARK_SIZE = 32, DATA_MAX = 4, HOST_USER = 1000 };

typedef void cleanup(pam_handle_t *pamh, void *data, int status);

struct pam_handle {
    char service[NAME_SIZE], user[NAME_SIZE], password[PASSWORD_SIZE];
    bool has_service, has_user, has_password, has_entry, has_runtime_dir;
    struct passwd entry;
    uid_t euid;
    struct {
        char name[32];
        void *data;
        cleanup *cleanup;
    } data[DATA_MAX];
    size_t count;
};

static struct pam_handle transaction;

/* Root, two system users, two persons. */
static const uid_t uids[] = {0, 1, 999, HOST_USER, 65534, (uid_t)-2};

void transaction_set_user(struct input *input)
{
    unsigned choice = take_byte(input);
    transaction.has_user = *take_text(input, transaction.user, NAME_SIZE) != '\0';
    transaction.has_entry = (choice & 128) == 0;
    transaction.entry = (struct passwd){.pw_name = transaction.user,
                                        .pw_uid = uids[choice % (sizeof uids / sizeof uids[0])]};
}

pam_handle_t *transaction_begin(struct input *input)
{
    unsigned choice = take_byte(input);
    transaction = (struct pam_handle){.euid = choice & 1 ? HOST_USER : 0,
                                      .has_runtime_dir = (choice & 2) != 0};
    transaction.has_service = *take_text(input, transaction.service, NAME_SIZE) != '\0';
    transaction_set_user(input);
    return &transaction;
}

static size_t mark_of_user(char mark[MARK_SIZE])
{
    return (size_t)snprintf(mark, MARK_SIZE, SECRET_MARK "%u:", (unsigned)transaction.entry.pw_uid);
}

void transaction_set_password(struct input *input)
{
    size_t size = mark_of_user(transaction.password);
    take_text(input, transaction.password + size, sizeof transaction.password - size);
    transaction.has_password = true;
}

bool transaction_knows(const char *password)
{
    char mark[MARK_SIZE];
    return strncmp(password, mark, mark_of_user(mark)) == 0;
}

void transaction_forget_password(void)
{
    transaction.has_password = false;
}

const struct passwd *transaction_user(void)
{
    return transaction.has_user && transaction.has_entry ? &transaction.entry : NULL;
}

void transaction_end(int status)
{
    for (size_t i = 0; i < transaction.count; i++) {
        if (transaction.data[i].cleanup)
            transaction.data[i].cleanup(&transaction, transaction.data[i].data, status);
    }
    transaction.count = 0;
}

/* --- what the module calls --- */

int __wrap_pam_get_item(const pam_handle_t *pamh, int type, const void **item);
int __wrap_pam_get_item(const pam_handle_t *pamh, int type, const void **item)
{
    if (fault_due(FUNCTION_pam_get_item))
        return errno;
    HOLDS(type == PAM_SERVICE || type == PAM_USER || type == PAM_AUTHTOK);
    if (type == PAM_SERVICE)
        *item = pamh->has_service ? pamh->service : NULL;
    else if (type == PAM_USER)
        *item = pamh->has_user ? pamh->user : NULL;
    else
        *item = pamh->has_password ? pamh->password : NULL;
    return PAM_SUCCESS;
}

static size_t find_data(const pam_handle_t *pamh, const char *name)
{
    size_t i = 0;
    while (i < pamh->count && strcmp(pamh->data[i].name, name) != 0)
        i++;
    return i;
}

int __wrap_pam_get_data(const pam_handle_t *pamh, const char *name, const void **data);
int __wrap_pam_get_data(const pam_handle_t *pamh, const char *name, const void **data)
{
    size_t i = find_data(pamh, name);
    if (i == pamh->count)
        return PAM_NO_MODULE_DATA;
    *data = pamh->data[i].data;
    return PAM_SUCCESS;
}

/* Only a new name needs memory. */
int __wrap_pam_set_data(pam_handle_t *pamh, const char *name, void *data, cleanup *clear);
int __wrap_pam_set_data(pam_handle_t *pamh, const char *name, void *data, cleanup *clear)
{
    size_t i = find_data(pamh, name);
    if (i < pamh->count && pamh->data[i].cleanup)
        pamh->data[i].cleanup(pamh, pamh->data[i].data, PAM_DATA_REPLACE);
    if (i == pamh->count && fault_due(FUNCTION_pam_set_data))
        return errno;
    HOLDS(i < DATA_MAX && strlen(name) < sizeof pamh->data[i].name);
    strcpy(pamh->data[i].name, name);
    pamh->data[i].data = data;
    pamh->data[i].cleanup = clear;
    pamh->count = i < pamh->count ? pamh->count : i + 1;
    return PAM_SUCCESS;
}

const char *__wrap_pam_getenv(pam_handle_t *pamh, const char *name);
const char *__wrap_pam_getenv(pam_handle_t *pamh, const char *name)
{
    HOLDS(strcmp(name, "XDG_RUNTIME_DIR") == 0);
    return pamh->has_runtime_dir ? "/run/user/1000" : NULL;
}

int __wrap_pam_putenv(pam_handle_t *pamh, const char *assignment);
int __wrap_pam_putenv(pam_handle_t *pamh, const char *assignment)
{
    char expected[64];
    HOLDS(!pamh->has_runtime_dir && transaction_user());
    snprintf(expected, sizeof expected, "XDG_RUNTIME_DIR=/run/user/%u",
             (unsigned)pamh->entry.pw_uid);
    HOLDS(strcmp(assignment, expected) == 0);
    return fault_due(FUNCTION_pam_putenv) ? errno : PAM_SUCCESS;
}

struct passwd *__wrap_pam_modutil_getpwnam(pam_handle_t *pamh, const char *name);
struct passwd *__wrap_pam_modutil_getpwnam(pam_handle_t *pamh, const char *name)
{
    HOLDS(strcmp(name, pamh->user) == 0);
    return !pamh->has_entry || fault_due(FUNCTION_pam_modutil_getpwnam) ? NULL : &pamh->entry;
}

void __wrap_pam_vsyslog(const pam_handle_t *pamh, int priority, const char *format,
                        va_list arguments) __attribute__((format(printf, 3, 0)));
void __wrap_pam_vsyslog(const pam_handle_t *pamh, int priority, const char *format,
                        va_list arguments)
{
    char line[2048];
    (void)pamh;
    (void)priority;
    HOLDS(vsnprintf(line, sizeof line, format, arguments) >= 0);
    HOLDS(!strstr(line, SECRET_MARK));
}

uid_t __wrap_geteuid(void);
uid_t __real_geteuid(void);
uid_t __wrap_geteuid(void)
{
    return on_trial() ? transaction.euid : __real_geteuid();
}
