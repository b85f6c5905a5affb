package org.vauban.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vauban.custodian.CustodianAddress;
import org.vauban.custodian.CustodianClient;
import org.vauban.custodian.CustodianException;
import org.vauban.hub.Home;
import org.vauban.hub.HubConfiguration;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.policy.Policy;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.provider.OpenIdProvider;
import org.vauban.provider.ProviderSettings;
import picocli.CommandLine.Mixin;

/** {@code doctor} and {@code config}: what is set, and what is wrong, all of it at once. */
final class CareVerbs {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private CareVerbs() {}

    static List<Branch> config() {
        return List.of(Branch.verb("show", () -> new Show()));
    }

    /** Shows each setting with who said so. */
    static final class Show extends LocalVerb {
        @Mixin
        HomeOptions home = new HomeOptions();

        @Override
        protected Answer act(Call call) {
            Settings settings = home.setting(call);
            List<String> lines = new ArrayList<>();
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            add("home", settings.home(), lines, document);
            add("custodian", settings.custodian(), lines, document);
            add("ledger", settings.ledger(), lines, document);
            add("memory", settings.memory(), lines, document);
            add("database", settings.database(), lines, document);
            add("witnesses", settings.witnesses(), lines, document);
            add("provider", settings.provider(), lines, document);
            return Answer.of(document, lines);
        }

        private static void add(
                String name, Settings.Setting setting, List<String> lines, Map<String, @Nullable Object> document) {
            lines.add(Columns.line(name, setting.value().isEmpty() ? "-" : setting.value(), setting.source()));
            document.put(name, Answer.document("value", setting.value(), "source", setting.source()));
        }
    }

    /** Looks at the machine, HOME and the custodian, and says everything that is wrong. */
    static final class Doctor extends LocalVerb {
        @Mixin
        HomeOptions home = new HomeOptions();

        /**
         * One thing looked at.
         *
         * @param state {@code good}, {@code bad} or {@code not-run}; what could not be looked at is never good
         */
        private record Finding(String name, String state, String found) {}

        @Override
        protected Answer act(Call call) {
            Words words = call.words();
            List<Finding> findings = new ArrayList<>();
            List<Problem> problems = new ArrayList<>();
            findings.add(new Finding(
                    "java",
                    Runtime.version().feature() >= 25 ? "good" : "bad",
                    Runtime.version().toString()));
            findings.add(new Finding("memory", "good", (Runtime.getRuntime().maxMemory() >> 20) + " MiB"));
            Path folder = home.home(call);
            findings.add(home(folder, words, problems));
            findings.add(database(folder, words, call, problems));
            findings.add(custodian(folder, words, call, problems));
            findings.add(witnesses(folder, words, call, problems));
            findings.add(provider(words, call, problems));
            long notRun = findings.stream()
                    .filter(finding -> finding.state().equals("not-run"))
                    .count();
            List<String> lines = new ArrayList<>(findings.stream()
                    .map(finding -> Columns.line(
                            words.say("doctor." + finding.state()),
                            words.say("doctor." + finding.name()),
                            finding.found()))
                    .toList());
            lines.add(words.say("doctor.summary", findings.size(), problems.size(), notRun));
            problems.forEach(problem -> call.terminal().err().println(problem.line(words.language())));
            return new Answer(
                    Answer.document(
                            "findings",
                                    findings.stream()
                                            .map(finding -> Answer.document(
                                                    "name",
                                                    finding.name(),
                                                    "state",
                                                    finding.state(),
                                                    "found",
                                                    finding.found()))
                                            .toList(),
                            "problems",
                                    problems.stream()
                                            .map(problem -> problem.code().name())
                                            .toList(),
                            "not_run", notRun),
                    lines,
                    problems.isEmpty() ? 0 : problems.getFirst().code().kind().exitStatus());
        }

        private static Finding home(Path folder, Words words, List<Problem> problems) {
            try {
                Optional<Home.Settings> settings = Home.settings(folder);
                if (settings.isEmpty()) {
                    return new Finding("home", "not-run", words.say("doctor.no-home", folder));
                }
                if (!Files.isWritable(folder)) {
                    problems.add(Problem.of(ProblemCode.HOME_UNWRITABLE).found(folder));
                    return new Finding("home", "bad", folder.toString());
                }
                long free = Files.getFileStore(folder).getUsableSpace() >> 20;
                return new Finding(
                        "home",
                        "good",
                        words.say("doctor.home-found", folder, settings.get().format(), free));
            } catch (ProblemException wrong) {
                problems.addAll(wrong.problems());
                return new Finding("home", "bad", folder.toString());
            } catch (IOException unreadable) {
                problems.add(Problem.of(ProblemCode.HOME_UNWRITABLE)
                        .found(unreadable.getClass().getSimpleName()));
                return new Finding("home", "bad", folder.toString());
            }
        }

        /** A server is asked; the file is the hub's own, and {@code vault scrub} looks into it. */
        private Finding database(Path folder, Words words, Call call, List<Problem> problems) {
            String said = home.setting(call).database().value();
            try {
                Optional<String> server = HubConfiguration.server(folder, home.database(call));
                if (server.isEmpty()) {
                    return new Finding("database", "not-run", words.say("doctor.database-file"));
                }
                HubConfiguration.requireDatabase(server.get());
                return new Finding("database", "good", server.get());
            } catch (ProblemException wrong) {
                problems.addAll(wrong.problems());
                return new Finding("database", "bad", said);
            }
        }

        /** Read from the log's files, so that it can be asked while a server owns the home. */
        private Finding witnesses(Path folder, Words words, Call call, List<Problem> problems) {
            try {
                Policy policy = home.witnesses(call);
                Optional<Home.Settings> settings = Home.settings(folder);
                if (policy.asksNobody() || settings.isEmpty()) {
                    return new Finding("witnesses", "not-run", words.say("audit.not-witnessed"));
                }
                Path log = settings.get().ledgerFolder().map(Path::of).orElseGet(() -> folder.resolve("ledger"));
                SignedCheckpoint head = AuditVerbs.LogVerb.checkpoint(log.resolve("checkpoint"));
                String found = words.say(
                        "audit.cosigned",
                        policy.cosigners(head).size(),
                        policy.witnesses().size(),
                        Policies.asked(policy.toString(), words));
                if (policy.canBeMetTwice()) {
                    found += "; " + words.say("doctor.witnesses-few");
                }
                if (!policy.isMetBy(head)) {
                    problems.add(Problem.of(ProblemCode.NOT_WITNESSED)
                            .with("index", head.checkpoint().size() - 1)
                            .expected(policy.toString().replace(" of ", "/"))
                            .found(found));
                    return new Finding("witnesses", "bad", found);
                }
                return new Finding("witnesses", "good", found);
            } catch (ProblemException wrong) {
                problems.addAll(wrong.problems());
                return new Finding(
                        "witnesses", "bad", home.setting(call).witnesses().value());
            }
        }

        /** Asks it what it says of itself, as a sign-in would. */
        private Finding provider(Words words, Call call, List<Problem> problems) {
            try {
                Optional<ProviderSettings> settings = home.provider(call);
                if (settings.isEmpty()) {
                    return new Finding("provider", "not-run", words.say("doctor.no-provider"));
                }
                new OpenIdProvider(settings.get(), Clock.systemUTC()).describe();
                return new Finding("provider", "good", settings.get().issuer());
            } catch (ProblemException wrong) {
                problems.addAll(wrong.problems());
                return new Finding(
                        "provider", "bad", home.setting(call).provider().value());
            }
        }

        private Finding custodian(Path folder, Words words, Call call, List<Problem> problems) {
            if (Home.settings(folder).isEmpty()
                    && home.setting(call).custodian().source().equals("default")) {
                return new Finding("custodian", "not-run", words.say("doctor.no-home", folder));
            }
            CustodianAddress address = home.custodian(call);
            try (var custodian = CustodianClient.connect(address, PATIENCE)) {
                custodian.hubId();
                return new Finding("custodian", "good", address.toString());
            } catch (CustodianException absent) {
                problems.add(Problem.of(ProblemCode.KEYS_ABSENT).found(address));
                return new Finding("custodian", "bad", address.toString());
            }
        }
    }
}
