# SPDX-License-Identifier: MIT
# Says on an interactive login's terminal which PACER passwords end soon; see csolink(1).
# shellcheck shell=sh
case $- in
*i*)
    if [ -t 2 ] && [ -x @bindir@/csolink ]; then
        @bindir@/csolink session notice || :
    fi
    ;;
esac
