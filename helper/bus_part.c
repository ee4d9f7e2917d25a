/* SPDX-License-Identifier: MIT
 * The part of csolink that speaks D-Bus, csolink-bus.so, loaded when the first of its functions is
 * called. Its libraries, GIO and libsecret, take longer to load than a command takes that prints a
 * token or a help text. Each function here stands for the one of its name in there. */
#include <dlfcn.h>
#include <stdlib.h>

#include "beside.h"
#include "csolink/status.h"
#include "keyring/keyring.h"
#include "login/login_session.h"
#include "login/unit.h"
#include "login/wait.h"
#include "paths.h"

/* Type, name, parameters, arguments. */
#define FUNCTIONS(X)                                                                               \
    X(enum status, keyring_open,                                                                   \
      (struct keyring * *keyring, enum keyring_transfer transfer, const char **detail),            \
      (keyring, transfer, detail))                                                                 \
    X(void, keyring_close, (struct keyring * keyring), (keyring))                                  \
    X(bool, keyring_is_ready, (void), ())                                                          \
    X(enum status, keyring_state, (struct keyring * keyring, const char **detail),                 \
      (keyring, detail))                                                                           \
    X(enum status, keyring_search,                                                                 \
      (struct keyring * keyring, GHashTable * attributes, GPtrArray * *items),                     \
      (keyring, attributes, items))                                                                \
    X(enum status, keyring_read, (struct keyring * keyring, struct item * item), (keyring, item))  \
    X(enum status, keyring_read_all, (struct keyring * keyring, GPtrArray * items),                \
      (keyring, items))                                                                            \
    X(enum status, keyring_store,                                                                  \
      (struct keyring * keyring, const char *schema, GHashTable *attributes, const char *label,    \
       const struct secret *value),                                                                \
      (keyring, schema, attributes, label, value))                                                 \
    X(enum status, keyring_delete, (struct keyring * keyring, struct item * item),                 \
      (keyring, item))                                                                             \
    X(enum status, keyring_set_attributes,                                                         \
      (struct keyring * keyring, const struct item *item, const char *schema,                      \
       GHashTable *attributes),                                                                    \
      (keyring, item, schema, attributes))                                                         \
    X(enum status, keyring_set_value,                                                              \
      (struct keyring * keyring, struct item * item, const struct secret *value),                  \
      (keyring, item, value))                                                                      \
    X(void, login_session_open, (struct login_session * session), (session))                       \
    X(void, login_session_close, (struct login_session * session), (session))                      \
    X(bool, login_session_is_over, (struct login_session * session), (session))                    \
    X(bool, unit_start, (void), ())                                                                \
    X(enum status, wait_for_keyring, (const char **detail), (detail))                              \
    X(enum status, wait_claim, (const char **detail), (detail))

/* An installation without it is broken: nothing else could be done. */
static void *find(const char *name)
{
    static void *part;
    if (!part) {
        g_autofree char *path = beside_executable("csolink-bus.so", CSOLINK_LIBEXECDIR);
        part = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    }
    void *function = part ? dlsym(part, name) : NULL;
    if (!function) {
        char sentence[STATUS_MESSAGE_MAX];
        status_message(sentence, sizeof sentence, STATUS_INTERNAL, NULL, NULL, dlerror(), NULL);
        g_printerr("%s\n", sentence);
        exit(status_exit_code(STATUS_INTERNAL));
    }
    return function;
}

#define STAND_IN(type, name, parameters, arguments)                                                \
    type name parameters                                                                           \
    {                                                                                              \
        static type(*function) parameters;                                                         \
        if (!function)                                                                             \
            *(void **)&function = find(#name);                                                     \
        return function arguments;                                                                 \
    }
FUNCTIONS(STAND_IN)
