package org.vauban.app.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vauban.deposit.envelope.DepositId;
import org.vauban.hub.Hub;
import org.vauban.omop.EditionId;
import org.vauban.people.AccountId;
import org.vauban.permit.PermitId;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.producer.Delivered;
import org.vauban.producer.Use;
import org.vauban.producer.Uses;
import org.vauban.producer.Withdrawal;
import org.vauban.producer.WithdrawalId;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code producer}: what producers keep control of after they gave. */
final class ProducerVerbs {
    private ProducerVerbs() {}

    /** Puts on record that somebody speaks for a producer. */
    static final class Represent extends HubVerb {
        @Parameters(index = "0", paramLabel = "NAME", descriptionKey = "PRODUCER")
        String name = "";

        @Parameters(index = "1", paramLabel = "LOGIN", descriptionKey = "REPRESENTATIVE")
        String login = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            AccountId account = hub.people()
                    .find(login)
                    .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND)
                            .with("what", "login")
                            .found(login)
                            .exception());
            hub.producers().represent(actor(hub, call), name, account);
            return Answer.of(
                    Answer.document("producer", name, "account", account.value()),
                    call.words().say("producer.represented", account, name));
        }
    }

    /** Every project, edition, kind of query and time in which rows of a producer could be read. */
    static final class Used extends HubVerb {
        @Parameters(paramLabel = "NAME", descriptionKey = "PRODUCER")
        String name = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            Uses found = hub.producers().uses(actor(hub, call), name);
            return Answer.of(
                    Answer.document(
                            "producer", found.producer(),
                            "deliveries",
                                    found.deliveries().stream()
                                            .map(Used::document)
                                            .toList(),
                            "uses", found.uses().stream().map(Used::document).toList()),
                    lines(found, call.words()));
        }

        private static Map<String, @Nullable Object> document(Delivered delivery) {
            return Answer.document(
                    "deposit", delivery.deposit().value(),
                    "received", delivery.received().toString(),
                    "state", delivery.state().word(),
                    "editions", names(delivery.editions()),
                    "taken_back", delivery.isTakenBack());
        }

        private static Map<String, @Nullable Object> document(Use use) {
            return Answer.document(
                    "at", use.at().toString(),
                    "project", use.project().value(),
                    "edition", use.edition().value(),
                    "query", use.query().word(),
                    "log_index", use.logIndex());
        }

        private static List<String> lines(Uses found, Words words) {
            List<String> lines = new ArrayList<>();
            lines.add(words.say(
                    "producer.uses",
                    found.producer(),
                    found.deliveries().size(),
                    found.uses().size()));
            found.deliveries()
                    .forEach(delivery -> lines.add(Columns.line(
                            delivery.deposit(),
                            delivery.received(),
                            words.say(delivery.isTakenBack() ? "producer.taken-back" : "producer.given"),
                            String.join(" ", names(delivery.editions())))));
            found.uses()
                    .forEach(use -> lines.add(Columns.line(
                            use.at(), use.project(), use.edition(), use.query().word(), use.logIndex())));
            return lines;
        }
    }

    /** Takes back one delivery, or all. */
    static final class Withdraw extends HubVerb {
        @Parameters(index = "0", paramLabel = "NAME", descriptionKey = "PRODUCER")
        String name = "";

        @Parameters(index = "1", paramLabel = "DEPOSIT", descriptionKey = "DELIVERY", arity = "0..1")
        Optional<String> deposit = Optional.empty();

        @Option(names = "--reason", paramLabel = "TEXT", required = true)
        String reason = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            Optional<DepositId> one = deposit.map(id -> Names.of("deposit", id, call.words(), DepositId::new));
            Withdrawal withdrawal = hub.producers().withdraw(actor(hub, call), name, one, reason);
            return Answer.of(document(withdrawal), lines(withdrawal, call.words()));
        }
    }

    /** What was taken back. */
    static final class Withdrawals extends HubVerb {
        @Override
        protected Answer act(Hub hub, Call call) {
            List<Withdrawal> withdrawals = hub.producers().withdrawals(actor(hub, call));
            return Answer.of(
                    Answer.document(
                            "withdrawals",
                            withdrawals.stream().map(ProducerVerbs::document).toList()),
                    withdrawals.isEmpty()
                            ? List.of(call.words().say("producer.withdrawals.none"))
                            : withdrawals.stream()
                                    .flatMap(each -> lines(each, call.words()).stream())
                                    .toList());
        }
    }

    /** What becomes of permits in force. */
    static final class Decide extends HubVerb {
        @Parameters(paramLabel = "WITHDRAWAL", descriptionKey = "WITHDRAWAL")
        String withdrawal = "";

        @Option(names = "--permits", paramLabel = "continue|end", descriptionKey = "permits-in-force", required = true)
        String permits = "";

        @Option(names = "--reason", paramLabel = "TEXT", required = true)
        String reason = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            Withdrawal decided = hub.producers()
                    .decide(
                            actor(hub, call),
                            Names.of("withdrawal", withdrawal, call.words(), WithdrawalId::new),
                            Withdrawal.InForce.named(permits).orElseThrow(this::wrong),
                            reason);
            return Answer.of(document(decided), lines(decided, call.words()));
        }

        private RuntimeException wrong() {
            return Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                    .with("field", "--permits")
                    .expected(Arrays.stream(Withdrawal.InForce.values())
                            .map(Withdrawal.InForce::word)
                            .collect(Collectors.joining(", ")))
                    .found(permits)
                    .exception();
        }
    }

    private static Map<String, @Nullable Object> document(Withdrawal withdrawal) {
        return Answer.document(
                "withdrawal", withdrawal.id().value(),
                "producer", withdrawal.producer(),
                "deposit", withdrawal.delivery().map(DepositId::value).orElse(null),
                "asked", withdrawal.asked().toString(),
                "editions_closed", names(withdrawal.editions()),
                "permits_in_force",
                        withdrawal.permits().stream().map(PermitId::value).toList(),
                "decided", withdrawal.inForce().map(Withdrawal.InForce::word).orElse(null));
    }

    private static List<String> lines(Withdrawal withdrawal, Words words) {
        return List.of(
                words.say(
                        "producer.withdrawn",
                        withdrawal.id(),
                        withdrawal.producer(),
                        withdrawal.delivery().map(DepositId::value).orElseGet(() -> words.say("producer.everything"))),
                "  "
                        + words.say(
                                "producer.closed",
                                withdrawal.editions().size(),
                                withdrawal.permits().size(),
                                words.say("producer.permits."
                                        + withdrawal
                                                .inForce()
                                                .map(Withdrawal.InForce::word)
                                                .orElse("open"))));
    }

    private static List<String> names(List<EditionId> editions) {
        return editions.stream().map(EditionId::value).toList();
    }
}
