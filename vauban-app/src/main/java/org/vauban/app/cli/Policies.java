package org.vauban.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vauban.ledger.policy.MalformedPolicyException;
import org.vauban.ledger.policy.Policy;
import org.vauban.ledger.witness.WitnessClient;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** Reads the files that name witnesses, the hub's and the auditor's. */
final class Policies {
    private Policies() {}

    static Policy read(Path file) {
        try {
            return Policy.parse(Files.readAllBytes(file));
        } catch (MalformedPolicyException malformed) {
            throw Problem.of(ProblemCode.WITNESS_POLICY)
                    .found(String.valueOf(malformed.getMessage()))
                    .at(Place.line(file.toString(), malformed.line(), 1))
                    .exception(malformed);
        } catch (IOException unreadable) {
            throw Problem.of(ProblemCode.WITNESS_POLICY)
                    .found(unreadable.getClass().getSimpleName())
                    .at(Place.file(file.toString()))
                    .exception(unreadable);
        }
    }

    /** How many are asked for, such as {@code 2 of 3}, in the reader's language. */
    static String asked(String quorum, Words words) {
        return quorum.replace(" of ", " " + words.say("audit.of") + " ");
    }

    /** The same for a hub, which has to ask them: each needs an address that nobody can answer at in its place. */
    static Policy ofHub(Path file) {
        Policy policy = read(file);
        policy.witnesses().stream()
                .filter(witness ->
                        witness.address().filter(WitnessClient::isReachable).isEmpty())
                .findFirst()
                .ifPresent(witness -> {
                    throw Problem.of(ProblemCode.WITNESS_POLICY)
                            .found(witness.name() + ": "
                                    + witness.address().map(Object::toString).orElse("-"))
                            .at(Place.file(file.toString()))
                            .exception();
                });
        return policy;
    }
}
