package org.vauban.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.deposit.Progress;
import org.vauban.deposit.SplitRequest;
import org.vauban.deposit.Splitter;
import org.vauban.deposit.envelope.Kind;
import org.vauban.deposit.envelope.RecipientKey;
import org.vauban.deposit.envelope.Zone;
import org.vauban.desk.Deposited;
import org.vauban.hub.Hub;
import org.vauban.hub.TestHub;
import org.vauban.people.Actor;
import org.vauban.people.Role;

/** What a publication does when it cannot be made; that it can is shown by the demonstration's own test. */
class PublicationOfDepositsTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void withoutADepositThereIsNothingToPublish() {
        try (var hub = new TestHub(folder)) {
            hub.person("administrator", Role.ADMINISTRATOR);
            Actor manager = hub.person("manager", Role.DATA_MANAGER);

            assertThatThrownBy(() -> publish(hub.hub(), manager))
                    .hasMessageStartingWith("NOTHING_TO_PUBLISH: No deposit waits for an edition.");
            assertThat(hub.hub().publications().list()).isEmpty();
        }
    }

    @Test
    void onlyADataManagerPublishes() {
        try (var hub = new TestHub(folder)) {
            hub.person("administrator", Role.ADMINISTRATOR);
            Actor researcher = hub.person("researcher", Role.RESEARCHER);

            assertThatThrownBy(() -> publish(hub.hub(), researcher)).hasMessageStartingWith("ROLE_MISSING");
        }
    }

    @Test
    void withoutTheIdentityZoneNoEditionComesToBeAndTheDepositsStay() throws IOException {
        try (var hub = new TestHub(folder)) {
            hub.person("administrator", Role.ADMINISTRATOR);
            Actor manager = hub.person("manager", Role.DATA_MANAGER);
            hub.hub().deposits().register(manager, "insurer", Kind.SNDS, "Convention");
            Deposited deposited = hub.hub().deposits().receive(manager, envelope(hub.hub(), manager));

            assertThatThrownBy(() -> publish(hub.hub(), manager)).hasMessageStartingWith("IDENTITY_ZONE_ABSENT");

            Hub again = hub.reopen();
            assertThat(again.publications().list()).isEmpty();
            assertThat(again.deposits().waiting()).extracting(Deposited::id).containsExactly(deposited.id());
        }
    }

    private void publish(Hub hub, Actor actor) {
        hub.publications()
                .deposits(
                        actor,
                        hub.deposits(),
                        folder.resolve("no zone").resolve("answers.sock"),
                        folder.resolve("rejects.csv"),
                        Set.of());
    }

    private Path envelope(Hub hub, Actor manager) throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(source.resolve("T_MCO19D.csv"), "ETA_NUM;RSA_NUM;ASS_DGN\n1;2;K250\n");
        byte[] key = hub.deposits().deliveryKey(manager, "insurer");
        Splitter.split(
                new SplitRequest(
                        source,
                        "insurer",
                        Optional.of(Kind.SNDS),
                        RecipientKey.of(Zone.HEALTH, key),
                        RecipientKey.of(Zone.IDENTITY, key),
                        folder.resolve("spool"),
                        Optional.empty(),
                        folder.resolve("split-rejects.csv"),
                        SplitRequest.PART_BYTES_DEFAULT),
                Progress.silent(),
                Clock.systemUTC());
        return folder.resolve("spool").resolve("health");
    }
}
