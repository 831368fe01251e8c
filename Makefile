# Two commands do everything on a fresh machine with Swift >= 6.2 and apt:
#   make verify   every claim on every model of mdps/, report in reports/latest/
#   make test     lint, layers, build, tests, the Python wheel and its tests
# make verify-full proves fifty steps of each improvement rule in place of ten.

APT_PACKAGES = liblapacke-dev libopenblas-dev libflint-dev libflint-arb-dev libsuitesparse-dev zlib1g-dev liblzma-dev \
  pkg-config
# A second thread costs more than it gains on systems of a few hundred unknowns, and a fixed
# thread count is what makes results the same from run to run.
export OPENBLAS_NUM_THREADS ?= 1

REPORT ?= reports/latest
MONOTONE = .build/release/monotone

.PHONY: setup build verify verify-full mujoco games test test-fast test-peers test-formats lint layers format bench bench-scale learning locomotion locomotion-peer locomotion-paper pixels pixels-peer pong paper paper-quick leaks docs sample goldens goldens-check clean \
  fuzz falsify mutations comparison estimators examples install check-install \
  wheel python-test command-reference distributed test-distributed fuzz-readers proofs weaken-proofs coq-files

setup: ## Install the apt packages that are missing.
	@missing=""; for package in $(APT_PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' \
	    || missing="$$missing $$package"; \
	done; \
	command -v python3 >/dev/null || missing="$$missing python3"; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ]; then sudo=""; else sudo="sudo"; fi; \
	  echo "installing:$$missing"; \
	  $$sudo apt-get update -qq && \
	  $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; \
	fi

build: setup ## Build the command line, optimised.
	swift build -c release --product monotone

# Apart from the usual build, whose objects know nothing of libFuzzer, which comes with the toolchain.
FUZZING = .build-fuzz
EXECUTIONS ?= 10000000

fuzz-readers: setup ## Run libFuzzer over every reader of files; what it finds lands in .build-fuzz/faults.
	MONOTONE_FUZZING=1 swift build -c release --product fuzz-readers --sanitize fuzzer --scratch-path $(FUZZING)
	python3 Tools/fuzz_readers.py $(FUZZING)/release/fuzz-readers --executions $(EXECUTIONS)

verify: build ## Check every claim on mdps/ and write a report.
	$(MONOTONE) verify mdps --output $(REPORT)
	@echo "report: $(REPORT)/index.html"

verify-full: build ## As verify, with fifty proved steps of each improvement rule.
	$(MONOTONE) verify mdps --rule-iterations 50 --output reports/full
	@echo "report: reports/full/index.html"

# Readers of our files that are not ours; the tests run python3 with this folder on its path.
PYTHON_PACKAGES = .build/python

INSTALL_PACKAGES = PIP_ROOT_USER_ACTION=ignore python3 -m pip install --quiet --disable-pip-version-check

$(PYTHON_PACKAGES)/.installed: Tools/requirements-test.txt Tools/requirements-mujoco.txt Tools/requirements-games.txt | setup
	@python3 -m pip --version >/dev/null 2>&1 \
	  || $(MAKE) --no-print-directory setup APT_PACKAGES=python3-pip
	@rm -rf $(PYTHON_PACKAGES)
	$(INSTALL_PACKAGES) --target $(PYTHON_PACKAGES) \
	  --requirement Tools/requirements-test.txt --requirement Tools/requirements-mujoco.txt
	$(INSTALL_PACKAGES) --target $(PYTHON_PACKAGES) --no-deps --requirement Tools/requirements-games.txt
	@touch $@ $(PYTHON_PACKAGES)/.mujoco $(PYTHON_PACKAGES)/.games

# Beside the readers, where the command finds them; nothing but robots needs them.
$(PYTHON_PACKAGES)/.mujoco: Tools/requirements-mujoco.txt | setup
	@python3 -m pip --version >/dev/null 2>&1 \
	  || $(MAKE) --no-print-directory setup APT_PACKAGES=python3-pip
	$(INSTALL_PACKAGES) --target $(PYTHON_PACKAGES) --upgrade --requirement Tools/requirements-mujoco.txt
	@touch $@

# PETSc's own parts carry other licences: this build is for this machine, and in no wheel or installation.
DISTRIBUTED = .build-distributed

distributed: ## Build the command with PETSc and MPI, which it installs, for models beyond one machine.
	@$(MAKE) --no-print-directory setup APT_PACKAGES="$(APT_PACKAGES) libpetsc-real-dev"
	swift build -c release --traits Distributed --product monotone --scratch-path $(DISTRIBUTED)
	@echo "mpirun -n 2 $(DISTRIBUTED)/release/monotone solve --distributed MODEL.umb"

test-distributed: distributed $(PYTHON_PACKAGES)/.installed ## Compare distributed runs with those of one machine.
	PYTHONPATH="$(CURDIR)/$(PYTHON_PACKAGES)" python3 Tools/test_distributed.py $(DISTRIBUTED)/release/monotone

mujoco: $(PYTHON_PACKAGES)/.mujoco ## Install MuJoCo and the models of the robots for train; pinned, in .build/python.

# Without what they depend on, which is there already or only draws.
$(PYTHON_PACKAGES)/.games: Tools/requirements-games.txt $(PYTHON_PACKAGES)/.mujoco
	$(INSTALL_PACKAGES) --target $(PYTHON_PACKAGES) --upgrade --no-deps --requirement Tools/requirements-games.txt
	@touch $@

games: $(PYTHON_PACKAGES)/.games ## Install the games of the Arcade Learning Environment and of MinAtar for train; pinned.

test: setup lint layers $(PYTHON_PACKAGES)/.installed ## Lint, check the layers, build and run the tests.
	MONOTONE_PYTHON_PATH="$(CURDIR)/$(PYTHON_PACKAGES)" \
	  swift test --disable-xctest --explicit-target-dependency-import-check error
	PYTHONPATH="$(CURDIR)/$(PYTHON_PACKAGES)" python3 Tools/check_goldens.py
	$(MAKE) --no-print-directory python-test

# PyTorch, SciPy, CVXPY, FLINT for Python, Gymnasium: what goldens are made with.
PEER_PACKAGES = .build/peers

$(PEER_PACKAGES)/.installed: Tools/requirements.txt Tools/requirements-test.txt | setup
	@rm -rf $(PEER_PACKAGES)
	$(INSTALL_PACKAGES) --target $(PEER_PACKAGES) \
	  --requirement Tools/requirements.txt --requirement Tools/requirements-test.txt
	@touch $@

test-peers: setup $(PEER_PACKAGES)/.installed ## Make all goldens anew and play checkpoints in PyTorch; installs some 2 GB.
	PYTHONPATH="$(CURDIR)/$(PEER_PACKAGES)" python3 Tools/check_goldens.py
	MONOTONE_PYTHON_PATH="$(CURDIR)/$(PEER_PACKAGES)" swift test --disable-xctest --filter 'PyTorch'

# Storm and umbi: they read what `convert` writes.
FORMAT_PACKAGES = .build/formats

$(FORMAT_PACKAGES)/.installed: Tools/requirements-formats.txt | setup
	@rm -rf $(FORMAT_PACKAGES)
	$(INSTALL_PACKAGES) --target $(FORMAT_PACKAGES) --requirement Tools/requirements-formats.txt
	@touch $@

test-formats: setup $(FORMAT_PACKAGES)/.installed ## Let Storm, umbi, pymdptoolbox and QuantEcon read the models that are written for them.
	MONOTONE_PYTHON_PATH="$(CURDIR)/$(FORMAT_PACKAGES)" swift test --disable-xctest --filter 'StormTests|PlannerTests'

test-fast: setup ## The tests that take seconds, for work in progress: all but those that are tagged slow.
	slow="$$(python3 Tools/slow_tests.py)" && swift test --disable-xctest --skip "$$slow"

lint: ## Check the format of every Swift file.
	swift format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks Examples Fuzzing

format: ## Rewrite every Swift file in the common format.
	swift format --in-place --parallel --recursive Package.swift Sources Tests Benchmarks Examples Fuzzing

layers: ## Check that every import follows the design, every planted fault has its place, every claim its theorem.
	python3 Tools/check_layers.py
	python3 Tools/plant_mutations.py --check
	python3 Tools/check_proofs.py --without-coq

bench: setup ## Measure against NumPy and bare LAPACK.
	Benchmarks/run

# NumPy, SciPy and QuantEcon; models of a million states take some 2 GB of memory and of disk.
SCALE_PACKAGES = .build/scale

$(SCALE_PACKAGES)/.installed: Benchmarks/peers/requirements-scale.txt | setup
	@rm -rf $(SCALE_PACKAGES)
	$(INSTALL_PACKAGES) --target $(SCALE_PACKAGES) --requirement $<
	@touch $@

bench-scale: build $(SCALE_PACKAGES)/.installed ## Measure large models against SciPy and QuantEcon; writes a section of Benchmarks/SCALE.md.
	PYTHONPATH="$(CURDIR)/$(SCALE_PACKAGES)" python3 Benchmarks/scale.py $(MONOTONE)

learning: build ## Train every learning target with five seeds; the table is Benchmarks/LEARNING.md.
	python3 Benchmarks/learning.py

# Writes Benchmarks/LOCOMOTION.md from whatever results there are.
LOCOMOTION_PAGE = swift run --package-path Benchmarks -c release locomotion-report

locomotion: build mujoco ## Train the robots with ten seeds each, or what is left of it; the page is Benchmarks/LOCOMOTION.md.
	python3 Benchmarks/locomotion.py
	$(LOCOMOTION_PAGE)

locomotion-paper: build mujoco ## Train the robots of Schulman et al. 2015, single path and vine, or what is left of it.
	python3 Benchmarks/locomotion.py --paper
	$(LOCOMOTION_PAGE)

# sb3-contrib with PyTorch.
LOCOMOTION_PEER = .build/locomotion-peer

$(LOCOMOTION_PEER)/.installed: Benchmarks/peers/requirements.txt | setup
	@rm -rf $(LOCOMOTION_PEER)
	$(INSTALL_PACKAGES) --target $(LOCOMOTION_PEER) --requirement Benchmarks/peers/requirements.txt
	@touch $@

locomotion-peer: $(LOCOMOTION_PEER)/.installed ## Train sb3-contrib's TRPO on the robots, three seeds each; installs some 2 GB.
	PYTHONPATH="$(CURDIR)/$(LOCOMOTION_PEER)" python3 Benchmarks/peers/sb3_locomotion.py
	$(LOCOMOTION_PAGE)

# CMA-ES, for the experiments of Schulman et al. 2015.
PAPER_PACKAGES = .build/paper-packages

$(PAPER_PACKAGES)/.installed: Benchmarks/peers/requirements-paper.txt | setup
	@rm -rf $(PAPER_PACKAGES)
	$(INSTALL_PACKAGES) --target $(PAPER_PACKAGES) --requirement Benchmarks/peers/requirements-paper.txt
	@touch $@

PAPER = PYTHONPATH="$(CURDIR)/$(PAPER_PACKAGES):$(CURDIR)/$(PYTHON_PACKAGES)" python3 Benchmarks/paper.py

paper: build mujoco $(PAPER_PACKAGES)/.installed ## Make the experiments of Schulman et al. 2015, or what is left; PARTS names some.
	$(PAPER) $(foreach part,$(PARTS),--part $(part))
	$(MONOTONE) report reports/paper/data --output reports/paper

paper-quick: build mujoco $(PAPER_PACKAGES)/.installed ## The same with few seeds and steps, in minutes.
	$(PAPER) --size quick
	$(MONOTONE) report reports/paper-quick/data --output reports/paper-quick

# Writes Benchmarks/PIXELS.md from whatever results there are.
PIXELS_PAGE = swift run --package-path Benchmarks -c release pixels-report

pixels: build games ## Train on MinAtar's games with five seeds each, or what is left of it; the page is Benchmarks/PIXELS.md.
	python3 Benchmarks/pixels.py
	$(PIXELS_PAGE)

pong: build games ## Train on Pong from pixels for a core-hour, or what is left of it.
	python3 Benchmarks/pixels.py --pong
	$(PIXELS_PAGE)

pixels-peer: $(LOCOMOTION_PEER)/.installed ## Train sb3-contrib's TRPO on MinAtar's games, five seeds each.
	PYTHONPATH="$(CURDIR)/$(LOCOMOTION_PEER)" python3 Benchmarks/peers/sb3_pixels.py
	$(PIXELS_PAGE)

leaks: build ## Look for lost memory under valgrind, which it installs.
	@command -v valgrind >/dev/null || $(MAKE) --no-print-directory setup APT_PACKAGES=valgrind
	swift build --package-path Benchmarks -c release --product repeat-checks
	python3 Tools/check_leaks.py

docs: setup ## Build the documentation as a static site, man pages and completions; in .build/docs/.
	Tools/make_docs.sh

command-reference: build ## Renew the documentation's command reference from the help.
	python3 Tools/make_command_reference.py

PREFIX ?= /usr/local

# Linked with the Swift run time inside; apart from the usual build, whose objects it would replace.
STATIC = .build/static

install: setup ## Install the command under PREFIX; it needs nothing of the Swift toolchain.
	swift build -c release --product monotone --static-swift-stdlib --scratch-path $(STATIC)
	install -d "$(PREFIX)/bin" "$(PREFIX)/share/bash-completion/completions" \
	  "$(PREFIX)/share/zsh/site-functions" "$(PREFIX)/share/fish/vendor_completions.d"
	install -s $(STATIC)/release/monotone "$(PREFIX)/bin/monotone"
	"$(PREFIX)/bin/monotone" --generate-completion-script bash \
	  > "$(PREFIX)/share/bash-completion/completions/monotone"
	"$(PREFIX)/bin/monotone" --generate-completion-script zsh \
	  > "$(PREFIX)/share/zsh/site-functions/_monotone"
	"$(PREFIX)/bin/monotone" --generate-completion-script fish \
	  > "$(PREFIX)/share/fish/vendor_completions.d/monotone.fish"

check-install: ## Run the installed command in a root with the apt run-time packages alone (as root).
	Tools/check_install.sh "$(PREFIX)/bin/monotone"

wheel: setup ## Build the Python wheel in dist/: package, library, command, models, and what they need.
	@python3 -c "import ensurepip" 2>/dev/null || $(MAKE) --no-print-directory setup APT_PACKAGES=python3-venv
	Tools/make_wheel.sh

# An environment of its own, in which Swift is not needed.
PYTHON_TEST = .build/python-test
PYTHON_EXAMPLES = ../Examples/numpy-npg ../Examples/cleanrl-ppo ../Sources/Simulators ../Benchmarks/bridge.py

python-test: wheel ## Install the wheel into a fresh environment and test the package there.
	rm -rf $(PYTHON_TEST)
	python3 -m venv $(PYTHON_TEST)
	$(PYTHON_TEST)/bin/pip install --quiet --disable-pip-version-check --requirement Tools/requirements-python.txt dist/monotone-*.whl
	cd python && ../$(PYTHON_TEST)/bin/ruff check . $(PYTHON_EXAMPLES)
	cd python && ../$(PYTHON_TEST)/bin/ruff format --check . $(PYTHON_EXAMPLES)
	cd python && ../$(PYTHON_TEST)/bin/mypy && ../$(PYTHON_TEST)/bin/mypy tests
	env -u PYTHONPATH -u MONOTONE_LIBRARY -u MONOTONE_COMMAND $(PYTHON_TEST)/bin/pytest -q python/tests

FUZZ_CASES ?= 1000000

# Coq's kernel and libraries, and zarith for the checker that is extracted.
PROOF_PACKAGES = coq libcoq-mathcomp-ssreflect libcoq-mathcomp-algebra libcoq-mathcomp-algebra-tactics \
  libcoq-mathcomp-analysis libcoq-coquelicot libcoq-interval libzarith-ocaml-dev ocaml-findlib

proofs: ## Have Coq check every theorem of Proofs/, compare them with the claims, build the proved checker; installs Coq.
	@$(MAKE) --no-print-directory setup APT_PACKAGES="$(PROOF_PACKAGES)"
	cd Proofs && coq_makefile -f _CoqProject -o Makefile.coq && $(MAKE) --no-print-directory -j2 -f Makefile.coq
	python3 Tools/check_proofs.py
	Tools/build_checker.sh
	python3 Tools/test_verified_checker.py
	python3 Tools/test_verified_checker.py --random 300

coq-files: build proofs ## Have Coq check what `check --coq` writes for three models, and refuse it with a number changed.
	python3 Tools/test_coq_proofs.py

weaken-proofs: proofs ## Weaken every theorem, and every test of the proved checker, in turn, and see a proof fail.
	python3 Tools/weaken_proofs.py
	python3 Tools/weaken_checker.py

fuzz: build ## Check every property on a million random updates, as every night; report in reports/fuzz/.
	mkdir -p reports/fuzz
	$(MONOTONE) fuzz --cases $(FUZZ_CASES) --summary reports/fuzz/summary.md --junit reports/fuzz/junit.xml

falsify: build ## Search every bound and every false variant; report in reports/falsification/.
	mkdir -p reports/falsification
	$(MONOTONE) falsify --report reports/falsification --budget 100000

mutations: ## Plant faults in a copy of the solver and see each caught; table in reports/fuzz/mutations.md.
	mkdir -p reports/fuzz
	python3 Tools/plant_mutations.py --output reports/fuzz/mutations.md

comparison: build ## Renew the committed comparisons of sampled updates with exact values.
	$(MONOTONE) compare mdps/frozen-lake-4x4.json --updates 30 --sweep-update 12 --output reports/comparison/frozen-lake-4x4
	$(MONOTONE) compare mdps/river-swim.json --updates 30 --output reports/comparison/river-swim

estimators: build ## Test on all models that every estimator has the right expectation; takes some minutes.
	$(MONOTONE) compare mdps --output reports/comparison/estimators

examples: setup ## Test the example packages: a small third-party TRPO, and every main job from Swift.
	swift test --disable-xctest --package-path Examples/TinyTRPO
	swift test --disable-xctest --package-path Examples/FromSwift

# A few models of each kind, so that the committed report stays small.
SAMPLE = racing river-swim frozen-lake-4x4 strens-chain forest-management kakade-2003 coupling-family garnet-10-3-3

sample: build ## Renew the committed sample report.
	$(MONOTONE) verify $(SAMPLE:%=mdps/%.json) mdps/counterexamples/*.refutation.json mdps/attainment/*.attainment.json --output reports/sample

goldens: ## Renew models and goldens from their Python sources (pip install -r Tools/requirements.txt).
	python3 Tools/make_mdps.py
	python3 Tools/make_goldens.py
	python3 Tools/make_flint_goldens.py
	python3 Tools/make_bound_goldens.py
	python3 Tools/make_attainment_goldens.py
	python3 Tools/make_stress_goldens.py
	python3 Tools/make_rule_goldens.py
	python3 Tools/make_softmax_goldens.py
	python3 Tools/make_environment_goldens.py
	python3 Tools/make_rollout_goldens.py
	python3 Tools/make_training_goldens.py
	python3 Tools/make_trpo_goldens.py
	python3 Tools/make_convolution_goldens.py
	python3 Tools/make_derivative_goldens.py
	python3 Tools/make_method_goldens.py
	python3 Tools/make_audit_batch_goldens.py
	python3 Tools/make_statistics_goldens.py
	python3 Tools/make_permutation_goldens.py
	python3 Tools/check_schema.py
	python3 Tools/check_counterexamples.py

goldens-check: ## Make the goldens anew in a copy and compare, as far as their packages are installed.
	python3 Tools/check_goldens.py

clean: ## Remove what was built.
	rm -rf .build Benchmarks/.build dist reports/latest reports/full
