/* SPDX-License-Identifier: MIT
 * The text of a QR code in a picture file, read by zbarimg(1) where that is installed. */
#ifndef CSOLINK_QR_IMAGE_H
#define CSOLINK_QR_IMAGE_H

#include "csolink/secret.h"
#include "csolink/status.h"

/* Reads the otpauth URI of a PNG or JPEG file into text, in seconds at most; nothing of it touches
 * a disk. STATUS_BAD_INPUT: the file cannot be read, is no such picture, or holds no otpauth URI,
 * or zbarimg is not there; STATUS_TIMED_OUT; STATUS_INTERNAL. *why is then a constant clause. */
enum status qr_image_read(const char *path, int seconds, struct secret *text, const char **why);

#endif
