# One command for each act; .ci/run calls these and nothing else.
SHELL := /bin/bash
JAVA_HOME := $(shell tools/find-java)
export JAVA_HOME
MAVEN := mvn -B

.PHONY: help test check format run arrows

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | expand -t 12

test: ## builds everything, checks the format, runs every test; prints what each part took
	@tools/run-tests

check: ## compiles and checks the format, without tests
	@$(MAVEN) -q -Dmaven.test.skip=true spotless:check package

format: ## applies the format
	@$(MAVEN) -q spotless:apply

run: ## the demonstration, then pages until Ctrl-C
	@./vauban demo

arrows: ## draws the arrows between packages into ARCHITECTURE.md from the map that the test holds
	@$(MAVEN) -q -pl vauban-app -am -Dvauban.arrows=write -Dsurefire.failIfNoSpecifiedTests=false -Dtest=ArrowsTest test
