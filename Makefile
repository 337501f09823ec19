# SPDX-License-Identifier: MIT
# The build of QTE, in one file for GNU make.  `make help` lists the targets.
#
# A new tool is a folder in cmd/ and a word in TOOLS; a new module, test or fuzz
# target is found by itself.  CPPFLAGS, CFLAGS, LDFLAGS and LDLIBS are the
# user's and stand after ours.  O= names another directory to build in, V=1
# shows the commands, WERROR=1 makes warnings errors.

TOOLS	= qte-run qte-verify qte-clean
PACKAGES = csv jansson nettle
O	= build
PREFIX	= /usr/local

warnings = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion \
	-Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
	-Wwrite-strings -Wcast-qual -Wcast-align -Wpointer-arith -Wformat=2 \
	-Wundef -Wvla -Wimplicit-fallthrough \
	-Wredundant-decls $(if $(filter-out 0,$(WERROR)),-Werror)
optional = -fstack-clash-protection -fcf-protection -Wlogical-op -Wduplicated-cond
fortify	= $(if $(filter -O0 -fsanitize=%,$(CFLAGS)),,-D_FORTIFY_SOURCE=2)
cppflags = -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE \
	-U_FORTIFY_SOURCE $(fortify) -iquote lib
cflags	= -std=c11 -O2 -g -pthread $(warnings) -fPIE -fstack-protector-strong \
	-ffp-contract=off -ffile-prefix-map='$(CURDIR)'=.
ldflags	= -pie -Wl,-z,relro,-z,now,--as-needed
flags	:= $(CC) $(cppflags) $(CPPFLAGS) $(cflags) $(optional) $(CFLAGS) \
	$(ldflags) $(LDFLAGS) $(PACKAGES) $(LDLIBS)

say	= $(if $(V),,@echo "  $1	$@";)
obj	= $(patsubst %.c,$(O)/%.o,$(wildcard $1))
bin	= $(patsubst %.c,$(O)/%,$(wildcard $1))
lib	:= $(O)/libqte.a
libobj	:= $(call obj,lib/*/*.c)
tools	:= $(TOOLS:%=$(O)/%)
units	:= $(call bin,tests/unit/test-*.c)
helpers	:= $(call bin,tests/tools/*.c tests/bench/*.c)
fuzzers	:= $(call bin,tests/fuzz/fuzz-*.c)

# These start a make of their own, once what it needs is installed.
outer	= demo check asan fuzz bench coverage lint format golden completions \
	help clean
.PHONY: all tests fuzzers install uninstall $(outer) FORCE
.DELETE_ON_ERROR:
MAKEFLAGS += -r

all: $(tools)
tests: all $(units) $(helpers)
fuzzers: $(fuzzers)

$(O)/%.o: %.c $(O)/probe.mk
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(cppflags) $(iquote) $(CPPFLAGS) $(cflags) $(CFLAGS) \
		-MMD -MP -c -o $@ $<
$(lib): $(libobj) $(O)/libobj.stamp
	@rm -f $@
	$(call say,AR)$(AR) rcsD $@ $(libobj)
$(units) $(helpers) $(fuzzers): %: %.o
$(tools) $(units) $(helpers) $(fuzzers): $(lib)
	$(call say,LD)$(CC) $(cflags) $(CFLAGS) $(ldflags) $(LDFLAGS) -o $@ \
		$(filter %.o,$^) $(lib) $(libs) $(LDLIBS)
$(fuzzers): private ldflags += -fsanitize=fuzzer
$(fuzzers:=.o): private cflags += -Wno-missing-prototypes

# A tool, and the tests that look into it.
define tool
$(1)_obj := $$(call obj,cmd/$(1)/*.c cmd/$(1)/*/*.c)
$(1)_tests := $$(call bin,tests/unit/test-$(1)-*.c tests/fuzz/fuzz-$(1)-*.c)
$(O)/$(1): $$($(1)_obj) $(O)/$(1)_obj.stamp
$$($(1)_tests): $$(filter-out %/main.o,$$($(1)_obj)) $(O)/$(1)_obj.stamp
$$($(1)_obj) $$($(1)_tests:=.o): private iquote = -iquote cmd/$(1)
endef
$(foreach t,$(TOOLS),$(eval $(call tool,$t)))

# NAME.stamp is older than what was built, unless the text of $(NAME) changed.
define stamp
ifneq ($$(strip $$(file <$(O)/$(1).stamp)),$$(strip $$($(1))))
$(O)/$(1).stamp: FORCE
endif
$(O)/$(1).stamp:
	@mkdir -p $$(@D) && printf '%s\n' '$$(subst ','\'',$$($(1)))' >$$@
endef
$(foreach s,flags libobj $(TOOLS:=_obj),$(eval $(call stamp,$s)))

# What the compiler takes and where the packages are, asked once.
$(O)/probe.mk: $(O)/flags.stamp contrib/probe
	@contrib/probe '$(CC)' '$(optional)' '$(PACKAGES)' >$@
ifneq ($(filter-out uninstall $(outer),$(or $(MAKECMDGOALS),all)),)
-include $(patsubst %.o,%.d,$(libobj) $(foreach t,$(TOOLS),$($t_obj))) \
	$(addsuffix .d,$(units) $(helpers) $(fuzzers))
# `make -q` only asks: it must not make what is included.
ifeq ($(findstring q,$(firstword -$(MAKEFLAGS))),)
include $(O)/probe.mk
endif
endif

sane	= -g -fno-omit-frame-pointer -fno-sanitize-recover=all
run	= +@$(MAKE) --no-print-directory
demo: ## install what is missing, build, and show a run on real data
	@contrib/install-deps
	$(run) all
	@QTE_BIN='$(abspath $(O))' contrib/demo
check: ## install what is missing, build, and run all tests
	@contrib/install-deps --tests
	$(run) tests
	@O='$(O)' tests/run
asan: ## run all tests under the address and undefined-behaviour sanitizers
	$(run) O='$(O)-asan' CFLAGS='$(sane) -fsanitize=address,undefined $(CFLAGS)' check
fuzz: ## run each fuzz target for FUZZ_SECONDS, or 10
	$(run) O='$(O)-fuzz' CC=clang fuzzers \
		CFLAGS='$(sane) -fsanitize=fuzzer-no-link,address,undefined $(CFLAGS)'
	@O='$(O)-fuzz' tests/fuzz/run $(or $(FUZZ_SECONDS),10)
bench: ## measure against wc, pandas and numba, as tests/bench/README says
	@contrib/install-deps --bench
	$(run) all $(helpers)
	@O='$(O)' tests/bench/run
coverage: ## say which share of each file the tests run
	-$(run) O='$(O)-coverage' CFLAGS='-O0 --coverage $(CFLAGS)' check
	@O='$(O)-coverage' contrib/coverage
lint: ## hold the tree against contrib/STYLE
	$(run) all
	@O='$(O)' contrib/lint
format: ## lay out the C sources
	@clang-format -i $$(git ls-files '*.c' '*.h')
golden: ## record the expected output of the tests again
	$(run) tests
	@QTE_BIN='$(abspath $(O))' tests/golden/record
completions: ## write the shell completions again
	$(run) all
	@for t in $(TOOLS); do \
		$(O)/$$t --completion=bash >completions/bash/$$t && \
		$(O)/$$t --completion=zsh >completions/zsh/_$$t && \
		$(O)/$$t --completion=fish >completions/fish/$$t.fish || exit; \
	done
install: all ## install below DESTDIR and PREFIX
	@DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' contrib/install $(tools)
uninstall: ## remove what install put there
	@DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' contrib/install --remove $(tools)
clean: ## remove what was built
	@rm -rf '$(O)' '$(O)-asan' '$(O)-fuzz' '$(O)-coverage'
help: ; @sed -n 's/^\([a-z]*\):.*#[#] /\1	/p' Makefile | expand -t 14
