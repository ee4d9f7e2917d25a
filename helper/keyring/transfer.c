/* SPDX-License-Identifier: MIT
 * The session for secrets, and their way in and out of it.
 * Plain is for a bus of our own user: encryption costs half of a read there, and whoever could
 * listen could as well ask. */
#define SECRET_API_SUBJECT_TO_CHANGE /* libsecret's word for its D-Bus level functions */
#include "keyring/transfer.h"

#include <string.h>

#include "keyring/bus.h"

enum { ENCODED_VALUE = 2 }; /* its place in (oayays) */

static enum status open_plain(struct keyring *keyring)
{
    g_autoptr(GVariant) reply = NULL;
    enum status status =
        keyring_call(keyring, SERVICE_PATH, SERVICE_INTERFACE, "OpenSession",
                     g_variant_new("(sv)", "plain", g_variant_new_string("")), "(vo)", &reply);
    if (status != STATUS_OK)
        return status;
    g_variant_get(reply, "(vo)", NULL, &keyring->session);
    keyring->plain = true;
    return STATUS_OK;
}

static enum status open_libsecrets_own(struct keyring *keyring)
{
    g_autoptr(GError) error = NULL;
    if (!keyring->service)
        keyring->service = secret_service_get_sync(SECRET_SERVICE_NONE, NULL, &error);
    if (!keyring->service || !secret_service_ensure_session_sync(keyring->service, NULL, &error))
        return keyring_error_status(error);
    keyring->session = g_strdup(secret_service_get_session_dbus_path(keyring->service));
    return STATUS_OK;
}

enum status transfer_open(struct keyring *keyring)
{
    if (keyring->session)
        return STATUS_OK;
    if (keyring->transfer == KEYRING_TRANSFER_PLAIN && bus_is_ours(keyring->connection) &&
        open_plain(keyring) == STATUS_OK)
        return STATUS_OK;
    return open_libsecrets_own(keyring);
}

static GVariant *encode_plain(const char *session, const struct secret *value)
{
    GVariant *none = g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, "", 0, 1);
    GVariant *bytes =
        g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, secret_string(value), value->size, 1);
    return g_variant_new("(o@ay@ays)", session, none, bytes, "text/plain");
}

GVariant *transfer_encode(struct keyring *keyring, const struct secret *value)
{
    if (keyring->plain)
        return g_variant_ref_sink(encode_plain(keyring->session, value));
    SecretValue *copy = secret_value_new(secret_string(value), (gssize)value->size, "text/plain");
    GVariant *encoded = secret_service_encode_dbus_secret(keyring->service, copy);
    secret_value_unref(copy);
    return g_variant_ref_sink(encoded);
}

static enum status decode_plain(GVariant *encoded, struct secret *value)
{
    g_autoptr(GVariant) bytes = g_variant_get_child_value(encoded, ENCODED_VALUE);
    gsize size;
    const char *data = g_variant_get_fixed_array(bytes, &size, 1);
    return secret_set(value, size > 0 ? data : "", size) ? STATUS_OK : STATUS_INTERNAL;
}

static enum status decode_encrypted(struct keyring *keyring, GVariant *encoded,
                                    struct secret *value)
{
    g_autoptr(SecretValue) decoded = secret_service_decode_dbus_secret(keyring->service, encoded);
    gsize size;
    if (!decoded)
        return STATUS_INTERNAL;
    const char *data = secret_value_get(decoded, &size);
    return secret_set(value, data, size) ? STATUS_OK : STATUS_INTERNAL;
}

enum status transfer_decode(struct keyring *keyring, GVariant *encoded, struct secret *value)
{
    if (!keyring->plain)
        return decode_encrypted(keyring, encoded, value);
    enum status status = decode_plain(encoded, value);
    transfer_wipe(encoded);
    return status;
}

void transfer_wipe(GVariant *encoded)
{
    g_autoptr(GVariant) bytes = g_variant_get_child_value(encoded, ENCODED_VALUE);
    gsize size;
    /* GVariant calls its heap memory const; we hold the last reference that is read. */
    void *data = (void *)g_variant_get_fixed_array(bytes, &size, 1);
    if (size > 0)
        explicit_bzero(data, size);
}
