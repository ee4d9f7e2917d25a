# SPDX-License-Identifier: MIT
# csolink's one Makefile: everything is built under build/ (build/SAN/ for a sanitizer build).
# make help lists the targets.

VERSION := 0.1.0
CC      ?= gcc
ifeq ($(origin CC),default)
CC      := gcc
endif

prefix     ?= /usr/local
sysconfdir ?= /etc
bindir     ?= $(prefix)/bin
libexecdir ?= $(prefix)/libexec/csolink
datadir    ?= $(prefix)/share
mandir     ?= $(datadir)/man
multiarch  := $(shell $(CC) -print-multiarch 2>/dev/null)
# libpam looks a bare module name up here, pam-auth-update(8) its profiles there, and nowhere else,
# whatever our prefix is.
pamdir     ?= /usr/lib/$(multiarch)/security
profiledir ?= /usr/share/pam-configs
unitdir    ?= $(prefix)/lib/systemd/user

comma := ,
B     := build$(if $(SAN),/$(subst $(comma),-,$(SAN)))

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla \
            -Wformat=2 -Werror
HARDEN   := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fcf-protection
SANFLAGS := -fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS   ?= -O2 -g
ALL_CFLAGS  = -std=gnu11 -D_GNU_SOURCE -Iinclude -I$(B)/include $(WARNINGS) \
              $(if $(SAN),$(SANFLAGS),$(HARDEN)) $(CFLAGS) -MMD -MP
ALL_LDFLAGS = -Wl,-z,relro,-z,now,-z,noexecstack,--as-needed $(if $(SAN),$(SANFLAGS)) $(LDFLAGS)

# pkg-config runs once for each set, and only when something that needs it is built.
packages = $(eval $(1) := $$(shell pkg-config $(2)))$($(1))
HELPER_CFLAGS = $(call packages,HELPER_CFLAGS,--cflags libsecret-1 gio-unix-2.0 liboath jansson \
                libkeyutils libassuan)
HELPER_LIBS   = $(call packages,HELPER_LIBS,--libs glib-2.0 liboath jansson libkeyutils \
                libassuan)
BUS_LIBS      = $(call packages,BUS_LIBS,--libs libsecret-1 gio-unix-2.0)
NET_CFLAGS    = $(call packages,NET_CFLAGS,--cflags libcurl gumbo jansson libseccomp)
NET_LIBS      = $(call packages,NET_LIBS,--libs libcurl gumbo jansson libseccomp)

WIRE_SRC    := $(wildcard wire/*.c)
PAM_SRC     := $(wildcard pam_module/*.c)
SESSION_SRC := $(wildcard pam_module/session/*.c)
NET_SRC     := $(wildcard helper/net/*.c helper/net/page/*.c)
# What speaks D-Bus is a part that csolink loads when it needs it: see helper/bus_part.c.
BUS_SRC     := $(addprefix helper/keyring/,bus.c read.c ready.c search.c service.c store.c \
               transfer.c) $(addprefix helper/login/,login_session.c unit.c wait.c)
HELPER_SRC  := $(filter-out $(NET_SRC) $(BUS_SRC),$(wildcard helper/*.c helper/*/*.c))
UNIT_SRC    := $(wildcard tests/unit/*/test_*.c)
FUZZ_SRC    := $(wildcard tests/fuzz/targets/*.c)

object = $(patsubst %.c,$(B)/obj/%.o,$(1))
no_main = $(filter-out %/main.o,$(call object,$(1)))

PROGRAMS := $(B)/csolink $(B)/csolink-bus.so $(B)/git-credential-csolink $(B)/csolink-net \
            $(B)/csolink-session $(B)/pam_csolink.so $(B)/courts.tsv $(B)/man/pam_csolink.8 \
            $(B)/csolink-login.service $(B)/profile.d/csolink.sh
UNIT     := $(patsubst tests/unit/%.c,$(B)/unit/%,$(UNIT_SRC))

.PHONY: all
all: $(PROGRAMS)

# Paths that are compiled in. Rewritten only when they change, so that a new prefix rebuilds what
# depends on it and nothing else.
define PATHS_H
/* Made by the Makefile. */
#define CSOLINK_VERSION "$(VERSION)"
#define CSOLINK_BINDIR "$(bindir)"
#define CSOLINK_LIBEXECDIR "$(libexecdir)"
#define CSOLINK_DATADIR "$(datadir)/csolink"
#define CSOLINK_SYSCONFDIR "$(sysconfdir)/csolink"
endef
export PATHS_H
$(B)/include/paths.h: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' "$$PATHS_H" | cmp -s - $@ || printf '%s\n' "$$PATHS_H" >$@
.PHONY: FORCE
FORCE:

$(B)/obj/%.o: %.c | $(B)/include/paths.h
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(MODE_CFLAGS) -c -o $@ $<

# Position-independent and hidden: wire/ also stands inside the PAM module.
$(call object,$(WIRE_SRC) $(PAM_SRC)): MODE_CFLAGS = -fPIC -fvisibility=hidden
$(call object,$(SESSION_SRC)): MODE_CFLAGS = -fPIE
$(call object,$(HELPER_SRC)): MODE_CFLAGS = -fPIE -Ihelper $(HELPER_CFLAGS)
$(call object,$(BUS_SRC)): MODE_CFLAGS = -fPIC -Ihelper $(HELPER_CFLAGS)
$(call object,$(NET_SRC)): MODE_CFLAGS = -fPIE -Ihelper/net $(NET_CFLAGS)

$(B)/libwire.a: $(call object,$(WIRE_SRC))
$(B)/libpam_module.a: $(call object,$(PAM_SRC))
$(B)/libsession.a: $(call no_main,$(SESSION_SRC))
$(B)/libhelper.a: $(call no_main,$(HELPER_SRC))
$(B)/libnet.a: $(call no_main,$(NET_SRC))
$(B)/%.a:
	@rm -f $@
	$(AR) rcs $@ $^

# What the loaded part calls back, csolink exports, but for wire/, which is hidden.
$(B)/csolink: $(B)/obj/helper/main.o $(B)/libhelper.a $(B)/libwire.a
	$(CC) $(ALL_LDFLAGS) -pie -rdynamic -o $@ $^ $(HELPER_LIBS)

$(B)/csolink-bus.so: $(call object,$(BUS_SRC)) $(B)/libwire.a
	$(CC) $(ALL_LDFLAGS) -shared -Wl,-Bsymbolic -o $@ $^ $(BUS_LIBS)

$(B)/git-credential-csolink: $(B)/csolink
	ln -sf csolink $@

$(B)/csolink-net: $(B)/obj/helper/net/main.o $(B)/libnet.a $(B)/libwire.a
	$(CC) $(ALL_LDFLAGS) -pie -o $@ $^ $(NET_LIBS)

$(B)/csolink-session: $(B)/obj/pam_module/session/main.o $(B)/libsession.a $(B)/libwire.a
	$(CC) $(ALL_LDFLAGS) -pie -o $@ $^

$(B)/pam_csolink.so: $(call object,$(PAM_SRC)) $(B)/libwire.a pam_module/pam_csolink.map
	$(CC) $(ALL_LDFLAGS) -shared -Wl,--version-script=pam_module/pam_csolink.map \
	    $(if $(SAN),,-Wl$(comma)--no-undefined) -Wl,--exclude-libs,ALL \
	    -o $@ $(call object,$(PAM_SRC)) $(B)/libwire.a -lpam

$(B)/courts.tsv: etc/courts.tsv
	cp $< $@

# The manual's list of options is the module's own table.
$(B)/pam_options: $(B)/obj/man/pam_options.o $(B)/obj/pam_module/option_table.o
	$(CC) $(ALL_LDFLAGS) -pie -o $@ $^
$(B)/obj/man/%.o: MODE_CFLAGS = -fPIE
# paths.h changes with the folders, here and below.
$(B)/man/%.8: man/%.8.in $(B)/pam_options $(B)/include/paths.h
	@mkdir -p $(@D)
	$(B)/pam_options >$(B)/pam_options.mdoc
	sed -e 's|@datadir@|$(datadir)|' -e '/^@OPTIONS@$$/{r $(B)/pam_options.mdoc' -e 'd}' $< >$@

$(B)/csolink-login.service: etc/systemd/user/csolink-login.service $(B)/include/paths.h
	sed 's|@bindir@|$(bindir)|' $< >$@

$(B)/profile.d/csolink.sh: etc/profile.d/csolink.sh $(B)/include/paths.h
	@mkdir -p $(@D)
	sed 's|@bindir@|$(bindir)|' $< >$@

# --- tests ---------------------------------------------------------------------------------------

UNIT_LIBS_wire       = $(B)/libwire.a
UNIT_LIBS_helper     = $(B)/libhelper.a $(B)/libwire.a
UNIT_LIBS_net        = $(B)/libnet.a $(B)/libwire.a
UNIT_LIBS_session    = $(B)/libsession.a $(B)/libwire.a
UNIT_LIBS_pam_module = $(B)/libpam_module.a $(B)/libwire.a
UNIT_EXTRA_helper     = $(HELPER_LIBS)
UNIT_EXTRA_net        = $(NET_LIBS)
UNIT_EXTRA_pam_module = -lpam
$(B)/obj/tests/unit/helper/%.o: MODE_CFLAGS = -fPIE -Ihelper $(HELPER_CFLAGS)
$(B)/obj/tests/unit/net/%.o: MODE_CFLAGS = -fPIE -Ihelper/net $(NET_CFLAGS)
$(B)/obj/tests/unit/pam_module/%.o: MODE_CFLAGS = -fPIE -Ipam_module
$(B)/obj/tests/unit/session/%.o: MODE_CFLAGS = -fPIE -Ipam_module/session

.SECONDEXPANSION:
$(UNIT): $(B)/unit/%: $(B)/obj/tests/unit/%.o $$(UNIT_LIBS_$$(*D))
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -pie -o $@ $^ $(UNIT_EXTRA_$(*D)) -lcmocka

# A name service, for initgroups(3) in csolink-session.
NSS_ODD := $(B)/unit/session/libnss_odd.so.2
$(B)/obj/tests/unit/session/nss_odd.o: MODE_CFLAGS = -fPIC
$(NSS_ODD): $(B)/obj/tests/unit/session/nss_odd.o
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -shared -o $@ $^

# The player of tests/scenarios: a host of the real libpam, and csolink-session's stand-in. libasan's
# crypt_r interceptor calls NULL inside pam_unix unless libcrypt is there from the start.
SCENARIO_SRC := $(filter-out %/stand_in.c,$(wildcard tests/scenarios/runner/*.c))
SCENARIOS    := $(B)/scenarios/runner $(B)/scenarios/stand_in
$(B)/scenarios/runner: $(call object,$(SCENARIO_SRC)) $(B)/libwire.a
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -pie -o $@ $^ -lpam $(if $(SAN),-Wl$(comma)--no-as-needed -lcrypt)
$(B)/scenarios/stand_in: $(call object,tests/scenarios/runner/stand_in.c) $(B)/libwire.a
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -pie -o $@ $^
$(B)/obj/tests/scenarios/runner/%.o: MODE_CFLAGS = -fPIE

# A host of the PAM module, and what stands in for its helpers.
HOSTILE := $(B)/hostile/host $(B)/hostile/bad_helper $(B)/hostile/probe
$(B)/obj/tests/hostile/%.o: MODE_CFLAGS = -fPIE
$(B)/hostile/host: $(call object,$(addprefix tests/hostile/,host_state.c peculiar.c situations.c))
$(HOSTILE): $(B)/hostile/%: $(B)/obj/tests/hostile/%.o
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -pie -o $@ $^ -lpam

# What the memory tests preload.
HOLD := $(B)/memory/hold.so
$(B)/obj/tests/memory/%.o: MODE_CFLAGS = -fPIC
$(HOLD): $(call object,tests/memory/hold.c)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -shared -o $@ $^

# What the benches measure with, and the tests that bound what a run takes.
STOPWATCH := $(B)/bench/stopwatch
$(STOPWATCH): tests/bench/stopwatch.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $<

.PHONY: check check-unit check-system check-logins check-valgrind tests
tests: all $(UNIT) $(NSS_ODD) $(SCENARIOS) $(HOSTILE) $(HOLD) $(STOPWATCH)

check:
	./bootstrap
	$(MAKE) tests
	$(MAKE) check-unit check-system check-logins

check-unit: tests
	@tests/machine/enter sh -ec 'for test; do echo "== $$test"; "$$test"; done' sh $(UNIT) $(REPLAY)

check-system: tests
	CSOLINK_BUILD="$(abspath $(B))" tests/system/run $(PYTEST_ARGS)

check-logins: tests
	CSOLINK_BUILD="$(abspath $(B))" tests/logins/run $(PYTEST_ARGS)

# The programs under valgrind, without PAM: libpam's modules are not ours to check, and valgrind 3.19
# does not know pidfd_open and cannot live in a sandbox that forbids its own calls.
NO_VALGRIND = $(B)/unit/pam_module/% $(B)/unit/session/% $(B)/unit/net/test_sandbox
check-valgrind:
	./bootstrap
	$(MAKE) tests
	@tests/machine/enter sh -ec 'for test; do echo "== $$test"; valgrind -q --leak-check=full \
	    --errors-for-leak-kinds=definite --error-exitcode=99 --suppressions=tests/glib.supp \
	    "$$test"; done' sh $(filter-out $(NO_VALGRIND),$(UNIT))
	CSOLINK_BUILD="$(abspath $(B))" CSOLINK_VALGRIND=1 tests/system/run -m 'not pam' $(PYTEST_ARGS)

# What a login pays for the PAM module, beside its neighbours in the stack. Needs root.
.PHONY: bench-pam
bench-pam:
	./bootstrap
	$(MAKE) all $(STOPWATCH)
	CSOLINK_BUILD="$(abspath $(B))" tests/machine/with-csolink tests/bench/pam $(BENCH_ARGS)

# What a token costs a tool, beside tools that sign on by themselves.
.PHONY: bench-token
bench-token:
	./bootstrap
	$(MAKE) all $(STOPWATCH)
	CSOLINK_BUILD="$(abspath $(B))" tests/machine/with-csolink tests/bench/token $(BENCH_ARGS)

# What a first-use link costs beside the court's own time. Needs root.
$(B)/bench/ideal_link: tests/bench/ideal_link.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< -lcurl

.PHONY: bench-link
bench-link:
	./bootstrap
	$(MAKE) all $(STOPWATCH) $(B)/bench/ideal_link
	CSOLINK_BUILD="$(abspath $(B))" tests/machine/with-csolink tests/bench/link $(BENCH_ARGS)

.PHONY: demo
demo:
	./bootstrap
	$(MAKE) all
	CSOLINK_BUILD="$(abspath $(B))" tests/demo/run

# --- fuzzing -------------------------------------------------------------------------------------

# The fuzzing targets are linked twice: with replay.c, which runs the kept corpus and is a test like
# the others, and by make fuzz with libFuzzer.
FUZZ_TARGETS := $(notdir $(FUZZ_SRC:.c=))
FUZZ_WRAP    := $(shell sed -n 's/^ *X.\([a-z0-9_]*\),.*/-Wl,--wrap=\1/p' tests/fuzz/faults.h)
FUZZ_PARTS   := $(call object,$(filter-out %/replay.c,$(wildcard tests/fuzz/*.c))) \
                $(B)/libpam_module.a $(B)/libsession.a $(B)/libnet.a $(B)/libwire.a
REPLAY       := $(addprefix $(B)/replay/,$(FUZZ_TARGETS))
FUZZERS      := $(addprefix $(B)/fuzz/,$(FUZZ_TARGETS))
$(B)/obj/tests/fuzz/%.o: MODE_CFLAGS = -fPIE -Itests/fuzz -Ipam_module -Ipam_module/session \
                             -Ihelper/net $(NET_CFLAGS)

$(REPLAY): $(B)/replay/%: $(B)/obj/tests/fuzz/targets/%.o $(B)/obj/tests/fuzz/replay.o $(FUZZ_PARTS)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -pie $(FUZZ_WRAP) -o $@ $^ $(NET_LIBS)

$(FUZZERS): $(B)/fuzz/%: $(B)/obj/tests/fuzz/targets/%.o $(FUZZ_PARTS)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -fsanitize=fuzzer -pie $(FUZZ_WRAP) -o $@ $^ $(NET_LIBS)

tests: $(REPLAY)

# libFuzzer comes with clang alone, which warns of a table's columns that are left empty.
FUZZ_SECONDS ?= 60
.PHONY: fuzz fuzz-run
fuzz:
	./bootstrap --build --fuzz
	@$(MAKE) B=build/fuzz CC=clang SAN=address,undefined \
	    CFLAGS='-O1 -g -fsanitize=fuzzer-no-link -Wno-missing-field-initializers' fuzz-run

fuzz-run: $(FUZZERS)
	@failed=0; for target in $(FUZZ_TARGETS); do \
	    tests/fuzz/run $(B) $$target $(FUZZ_SECONDS) || failed=1; done; exit $$failed

# --- install -------------------------------------------------------------------------------------

I = $(DESTDIR)
# Nobody reads it: the kernel then makes it undumpable from execve(2) on, not from main() on, and no
# process of the user's takes a captured login password off its socket meanwhile. LeakSanitizer and valgrind must.
CSOLINK_MODE = $(if $(SAN)$(CSOLINK_VALGRIND),755,711)
PROFILES := $(wildcard etc/pam-configs/*)
MAN1 := $(wildcard man/*.1)
MAN5 := $(wildcard man/*.5)
MAN8 := $(patsubst man/%.in,$(B)/man/%,$(wildcard man/*.8.in))

.PHONY: install uninstall
install: all
	install -d $(I)$(bindir) $(I)$(libexecdir) $(I)$(pamdir) $(I)$(datadir)/csolink \
	    $(I)$(profiledir) $(I)$(unitdir) $(I)$(sysconfdir)/csolink $(I)$(sysconfdir)/profile.d \
	    $(I)$(mandir)/man1 $(I)$(mandir)/man5 $(I)$(mandir)/man8
	install -m $(CSOLINK_MODE) $(B)/csolink $(I)$(bindir)/csolink
	ln -sf csolink $(I)$(bindir)/git-credential-csolink
	install -m 755 $(B)/csolink-net $(B)/csolink-session $(I)$(libexecdir)
	install -m 644 $(B)/csolink-bus.so $(I)$(libexecdir)
	install -m 644 $(B)/pam_csolink.so $(I)$(pamdir)
	install -m 644 etc/courts.tsv etc/gnome-keyring-daemon.conf $(I)$(datadir)/csolink
	install -m 644 $(PROFILES) $(I)$(profiledir)
	install -m 644 $(B)/csolink-login.service $(I)$(unitdir)
	install -m 644 $(B)/profile.d/csolink.sh $(I)$(sysconfdir)/profile.d
	[ -e $(I)$(sysconfdir)/csolink/csolink.conf ] || \
	    install -m 644 etc/csolink.conf $(I)$(sysconfdir)/csolink
	$(if $(MAN1),install -m 644 $(MAN1) $(I)$(mandir)/man1)
	$(if $(MAN5),install -m 644 $(MAN5) $(I)$(mandir)/man5)
	$(if $(MAN8),install -m 644 $(MAN8) $(I)$(mandir)/man8)

# The administrator's csolink.conf stays.
uninstall:
	rm -f $(I)$(bindir)/csolink $(I)$(bindir)/git-credential-csolink \
	    $(I)$(libexecdir)/csolink-bus.so $(I)$(libexecdir)/csolink-net \
	    $(I)$(libexecdir)/csolink-session \
	    $(I)$(pamdir)/pam_csolink.so $(I)$(datadir)/csolink/courts.tsv \
	    $(I)$(datadir)/csolink/gnome-keyring-daemon.conf \
	    $(addprefix $(I)$(profiledir)/,$(notdir $(PROFILES))) \
	    $(I)$(unitdir)/csolink-login.service $(I)$(sysconfdir)/profile.d/csolink.sh \
	    $(addprefix $(I)$(mandir)/man1/,$(notdir $(MAN1))) \
	    $(addprefix $(I)$(mandir)/man5/,$(notdir $(MAN5))) \
	    $(addprefix $(I)$(mandir)/man8/,$(notdir $(MAN8)))
	rmdir $(I)$(libexecdir) $(I)$(datadir)/csolink 2>/dev/null || true

# --- for those who change the code -----------------------------------------------------------------

C_FILES := $(shell find include wire pam_module helper man tests -name '*.[ch]' 2>/dev/null)
SH_FILES := bootstrap .ci/run $(wildcard tests/*/run tests/machine/*) tests/logins/logind-stand-in \
            tests/logins/x-server $(wildcard etc/profile.d/*)
C_SRC   := $(WIRE_SRC) $(PAM_SRC) $(SESSION_SRC) $(HELPER_SRC) $(BUS_SRC) $(NET_SRC)

# clang-tidy 14 wants Annex K, which glibc has not; it does not know the cleanup attribute, and loses
# sight of a va_list on x86_64.
TIDY_WITHOUT := -clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling,$\
                -clang-analyzer-unix.Malloc,-clang-analyzer-valist.Uninitialized

.PHONY: format lint clean help
format:
	./bootstrap --lint
	clang-format -i $(C_FILES)

lint: $(B)/include/paths.h $(B)/man/pam_csolink.8
	./bootstrap --build --lint
	mandoc -T lint -W error,stop $(MAN1) $(MAN5) $(MAN8)
	shellcheck $(SH_FILES)
	clang-format --dry-run --Werror $(C_FILES)
	cppcheck --quiet --enable=warning,portability --inline-suppr --error-exitcode=1 \
	    --suppress=missingInclude -Iinclude -Ihelper -Ihelper/net -I$(B)/include $(C_SRC)
	clang-tidy --quiet --warnings-as-errors='*' --checks=$(TIDY_WITHOUT) $(C_SRC) -- -std=gnu11 \
	    -D_GNU_SOURCE -Iinclude -I$(B)/include -Ihelper -Ihelper/net $(HELPER_CFLAGS) \
	    $(NET_CFLAGS)

clean:
	rm -rf build

help:
	@echo 'make                 build the programs under build/'
	@echo 'make demo            set up, build, and show the main job end to end'
	@echo 'make check           set up, build, and run all tests; its parts: check-unit, check-system,'
	@echo '                     check-logins'
	@echo 'make fuzz            fuzz the PAM side, FUZZ_SECONDS=$(FUZZ_SECONDS) a target'
	@echo 'make check-valgrind  the tests, all but those of PAM, under valgrind'
	@echo 'make bench-pam       what a login pays for the PAM module, as a table'
	@echo 'make bench-token     what a token costs a tool, as a table'
	@echo 'make bench-link      what a first-use link costs beside the court'\''s own time, as a table'
	@echo 'make install         prefix=$(prefix), DESTDIR for packaging; make uninstall'
	@echo 'make format, lint, clean'
	@echo 'SAN=address,undefined  with any of these: a sanitizer build under build/'

-include $(shell find $(B)/obj -name '*.d' 2>/dev/null)
