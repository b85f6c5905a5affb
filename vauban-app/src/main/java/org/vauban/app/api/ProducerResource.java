package org.vauban.app.api;

import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.vauban.deposit.envelope.DepositId;
import org.vauban.document.Documents;
import org.vauban.document.Fields;
import org.vauban.hub.Hub;
import org.vauban.omop.EditionId;
import org.vauban.people.Actor;
import org.vauban.permit.PermitId;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.problem.Problems;
import org.vauban.producer.Delivered;
import org.vauban.producer.Use;
import org.vauban.producer.Uses;
import org.vauban.producer.Withdrawal;
import org.vauban.producer.WithdrawalId;

/** What the verbs {@code producer uses}, {@code withdraw}, {@code withdrawals} and {@code decide} do, for programs. */
@RestController
final class ProducerResource {
    private final Hub hub;

    ProducerResource(Hub hub) {
        this.hub = hub;
    }

    /** A delivery in the API. */
    record DeliveryDocument(String deposit, String received, String state, List<String> editions, boolean takenBack) {
        static DeliveryDocument of(Delivered delivery) {
            return new DeliveryDocument(
                    delivery.deposit().value(),
                    delivery.received().toString(),
                    delivery.state().word(),
                    names(delivery.editions()),
                    delivery.isTakenBack());
        }
    }

    /** An analysis that could read the rows, in the API. */
    record AnalysisDocument(String at, String project, String edition, String query, long logIndex) {
        static AnalysisDocument of(Use use) {
            return new AnalysisDocument(
                    use.at().toString(),
                    use.project().value(),
                    use.edition().value(),
                    use.query().word(),
                    use.logIndex());
        }
    }

    /** What became of a producer's rows, in the API. */
    record UsesDocument(String producer, List<DeliveryDocument> deliveries, List<AnalysisDocument> uses) {
        static UsesDocument of(Uses uses) {
            return new UsesDocument(
                    uses.producer(),
                    uses.deliveries().stream().map(DeliveryDocument::of).toList(),
                    uses.uses().stream().map(AnalysisDocument::of).toList());
        }
    }

    /**
     * A withdrawal in the API.
     *
     * @param deposit nothing when everything was taken back
     * @param decided what becomes of permits in force, once somebody decided it
     */
    record WithdrawalDocument(
            String withdrawal,
            String producer,
            Optional<String> deposit,
            String asked,
            List<String> editionsClosed,
            List<String> permitsInForce,
            Optional<String> decided) {
        static WithdrawalDocument of(Withdrawal withdrawal) {
            return new WithdrawalDocument(
                    withdrawal.id().value(),
                    withdrawal.producer(),
                    withdrawal.delivery().map(DepositId::value),
                    withdrawal.asked().toString(),
                    names(withdrawal.editions()),
                    withdrawal.permits().stream().map(PermitId::value).toList(),
                    withdrawal.inForce().map(Withdrawal.InForce::word));
        }
    }

    /** The producers whose rows the caller may follow. */
    @GetMapping("/api/producers")
    Page<String> producers(
            @AuthenticationPrincipal Actor actor,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "50") int size) {
        return Page.of(hub.producers().followed(actor), page, size);
    }

    @GetMapping("/api/producers/{producer}/uses")
    UsesDocument uses(@AuthenticationPrincipal Actor actor, @PathVariable String producer) {
        return UsesDocument.of(hub.producers().uses(actor, followed(actor, producer)));
    }

    /** Takes back one delivery, or everything: {@code {"deposit": "…", "reason": "…"}}. */
    @PostMapping("/api/producers/{producer}/withdrawals")
    @ResponseStatus(HttpStatus.CREATED)
    WithdrawalDocument withdraw(
            @AuthenticationPrincipal Actor actor, @PathVariable String producer, @RequestBody String document) {
        String followed = followed(actor, producer);
        var problems = new Problems();
        Fields fields = Fields.of(Documents.json("request", document), problems);
        Optional<String> deposit = fields.optionalText("deposit");
        String reason = fields.text("reason");
        fields.noOthers();
        problems.throwIfAny();
        return WithdrawalDocument.of(
                hub.producers().withdraw(actor, followed, deposit.map(ProducerResource::deposit), reason));
    }

    /** What was taken back, as far as the caller may see it. */
    @GetMapping("/api/withdrawals")
    Page<WithdrawalDocument> withdrawals(
            @AuthenticationPrincipal Actor actor,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "50") int size) {
        return Page.of(
                hub.producers().seen(actor).stream().map(WithdrawalDocument::of).toList(), page, size);
    }

    /** What becomes of permits in force: {@code {"permits": "continue", "reason": "…"}}, or {@code end}. */
    @PostMapping("/api/withdrawals/{withdrawal}/decision")
    WithdrawalDocument decide(
            @AuthenticationPrincipal Actor actor, @PathVariable String withdrawal, @RequestBody String document) {
        WithdrawalId seen = hub.producers().seen(actor).stream()
                .map(Withdrawal::id)
                .filter(id -> id.value().equals(withdrawal))
                .findFirst()
                .orElseThrow(() -> absent("withdrawal", withdrawal));
        var problems = new Problems();
        Fields fields = Fields.of(Documents.json("request", document), problems);
        Withdrawal.InForce inForce = fields.choice("permits", Withdrawal.InForce.class, null);
        String reason = fields.text("reason");
        fields.noOthers();
        problems.throwIfAny();
        return WithdrawalDocument.of(hub.producers().decide(actor, seen, inForce, reason));
    }

    /** What the caller may not follow is not there, whatever is asked of it. */
    private String followed(Actor actor, String producer) {
        return hub.producers().followed(actor).stream()
                .filter(producer::equals)
                .findFirst()
                .orElseThrow(() -> absent("producer", producer));
    }

    private static DepositId deposit(String id) {
        try {
            return new DepositId(id);
        } catch (IllegalArgumentException _) {
            throw absent("deposit", id);
        }
    }

    private static List<String> names(List<EditionId> editions) {
        return editions.stream().map(EditionId::value).toList();
    }

    private static ProblemException absent(String what, String name) {
        return Problem.of(ProblemCode.NOT_FOUND).with("what", what).found(name).exception();
    }
}
