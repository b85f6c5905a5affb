package org.vauban.deposit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.vauban.deposit.envelope.Manifest;
import org.vauban.deposit.envelope.RecipientKey;
import org.vauban.deposit.envelope.Zone;
import org.vauban.identity.protocol.DoorClient;
import org.vauban.identity.protocol.IdentityException;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** The way to the identity zone. Only the producer's process goes it: the hub neither opens nor carries an identity envelope. */
final class IdentityDoor {
    private final Path socket;

    IdentityDoor(Path socket) {
        this.socket = socket;
    }

    RecipientKey publicKey() {
        return ask(door -> RecipientKey.of(Zone.IDENTITY, door.publicKey()));
    }

    /** Gives the identity envelope of a spool, if one is there, and removes it once the zone has it. */
    void deliver(Path spool) {
        Path envelope = spool.resolve(Zone.IDENTITY.word());
        if (Files.exists(envelope.resolve(Manifest.FILE))) {
            ask(door -> door.give(envelope));
            remove(envelope);
        }
    }

    private <T> T ask(Function<DoorClient, T> question) {
        try (DoorClient door = DoorClient.connect(socket)) {
            return question.apply(door);
        } catch (IdentityException no) {
            throw switch (no.kind()) {
                case ABSENT ->
                    Problem.of(ProblemCode.IDENTITY_ZONE_ABSENT).found(socket).exception(no);
                case REFUSED ->
                    Problem.of(ProblemCode.IDENTITY_ZONE_REFUSED)
                            .found(String.valueOf(no.getMessage()))
                            .exception(no);
                case BROKEN ->
                    Problem.of(ProblemCode.SEAL_BROKEN)
                            .found(Phrase.NOT_WHAT_ITS_MANIFEST_SAYS)
                            .exception(no);
                case PROTOCOL, FAILED ->
                    Problem.of(ProblemCode.INTERNAL_FAULT)
                            .found(Phrase.THE_IDENTITY_ZONE.with(no.kind()))
                            .exception(no);
            };
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException undeletable) {
            throw new UncheckedIOException(undeletable);
        }
    }
}
