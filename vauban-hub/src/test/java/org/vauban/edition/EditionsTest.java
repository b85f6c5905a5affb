package org.vauban.edition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.duck.DuckSession;
import org.vauban.duck.MemoryFile;
import org.vauban.ingest.OmopIngest;
import org.vauban.ingest.SmallCdm;
import org.vauban.ledger.tree.Hash;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.omop.EditionId;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.trajectory.Absent;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Events;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Period;
import org.vauban.trajectory.Trajectories;
import org.vauban.vault.CrashDisk;
import org.vauban.vault.Plaintext;
import org.vauban.vault.TestKeys;
import org.vauban.vault.Vault;

class EditionsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final Needs CONDITIONS = Domain.CONDITION_OCCURRENCE.needsOfEvents();

    @TempDir
    Path folder;

    private final TestKeys keys = new TestKeys();
    private Path home;
    private Vault vault;
    private Editions editions;

    @BeforeEach
    void open() {
        home = folder.resolve("vault");
        vault = Vault.open(home, keys);
        editions = new Editions(vault, keys, CLOCK);
    }

    // Publishing.

    @Test
    void showsAnEditionOnlyAfterTheSwitch() {
        PreparedEdition prepared = prepared();

        assertThat(editions.list()).isEmpty();
        assertCode(ProblemCode.EDITION_UNKNOWN, () -> editions.open(prepared.id()));

        editions.publish(prepared);

        assertThat(editions.list()).containsExactly(prepared.id());
        Edition edition = editions.open(prepared.id(), prepared.root());
        assertThat(edition.root()).isEqualTo(prepared.root());
        assertThat(edition.rows()).containsEntry(CdmTable.PERSON, 3L);
        assertThat(edition.created()).isEqualTo(CLOCK.instant());
        assertThat(edition.objects()).hasSize(prepared.objects() - 1);
        edition.verify();
    }

    @Test
    void twoEditionsOfTheSameDataHaveDifferentRootsAndNoObjectInCommon() {
        Edition first = published();
        Edition second = published();

        assertThat(first.root()).isNotEqualTo(second.root());
        assertThat(first.objects()).doesNotContainAnyElementsOf(second.objects());
    }

    @Test
    void leavesNoHalfEditionWheneverThePowerFails() {
        Campaign honest = campaign(CrashDisk::honest);

        assertThat(honest.halfVisible).isZero();
        assertThat(honest.lost).isZero();
        assertThat(honest.published).isPositive();
        assertThat(honest.absent).isGreaterThan(20);
    }

    @Test
    void theCampaignNoticesADiskThatDoesNotSync() {
        Campaign lying = campaign(CrashDisk::lying);

        assertThat(lying.halfVisible + lying.lost).isPositive();
    }

    private static final class Campaign {
        int published;
        int absent;
        int halfVisible;
        int lost;
    }

    private Campaign campaign(Supplier<CrashDisk> disks) {
        var campaign = new Campaign();
        var chance = new Random(11);
        for (int failure = 0; failure < 140; failure++) {
            CrashDisk disk = disks.get();
            Editions onDisk = new Editions(disk.vault(keys), keys, CLOCK);
            disk.failingAfter(failure);
            boolean acknowledged = false;
            try {
                EditionDraft draft = onDisk.draft(2);
                draft.add(Stream.of(0, 1)
                        .map(bucket -> new EditionDraft.NewPart(
                                CdmTable.DEATH, ColumnGroup.WHEN, bucket, 1, () -> Plaintext.of(new byte[500])))
                        .toList());
                draft.attach("ingest-report", new byte[10]);
                onDisk.publish(onDisk.prepare(draft));
                acknowledged = true;
            } catch (ProblemException powerCut) {
                assertThat(powerCut.code()).isEqualTo(ProblemCode.HOME_UNWRITABLE);
            }
            Editions after = new Editions(disk.afterPowerCut(chance).vault(keys), keys, CLOCK);
            List<EditionId> visible = after.list();
            if (visible.isEmpty()) {
                campaign.absent++;
                campaign.lost += acknowledged ? 1 : 0;
            } else {
                try {
                    after.open(visible.getFirst()).verify();
                    campaign.published++;
                } catch (ProblemException half) {
                    campaign.halfVisible++;
                }
            }
        }
        return campaign;
    }

    // Tampering.

    @Test
    void noticesEveryFlippedByteOfTheStub() throws IOException {
        Edition edition = published();
        Path stub = home.resolve("editions").resolve(edition.id().value());
        byte[] whole = Files.readAllBytes(stub);

        for (int place = 0; place < whole.length; place++) {
            byte[] flipped = whole.clone();
            flipped[place] ^= 0x04;
            Files.write(stub, flipped);

            ProblemException broken =
                    catchThrowableOfType(ProblemException.class, () -> editions.open(edition.id(), edition.root()));
            assertThat(broken).as("byte " + place).isNotNull();
            assertThat(broken.code()).isEqualTo(ProblemCode.EDITION_BROKEN);
        }
    }

    @Test
    void refusesAStubOfAnotherEditionAndAnotherRoot() throws IOException {
        Edition first = published();
        Edition second = published();
        Path stubs = home.resolve("editions");

        assertCode(ProblemCode.EDITION_BROKEN, () -> editions.open(first.id(), second.root()));

        Files.write(
                stubs.resolve(first.id().value()),
                Files.readAllBytes(stubs.resolve(second.id().value())));

        assertCode(ProblemCode.EDITION_BROKEN, () -> editions.open(first.id()));
    }

    @Test
    void refusesAStubThatAnotherCustodianSigned() throws IOException {
        Edition edition = published();
        var others = new TestKeys();
        Editions foreign = new Editions(Vault.open(folder.resolve("foreign"), others), others, CLOCK);
        EditionDraft draft = foreign.draft(2);
        draft.add(List.of(
                new EditionDraft.NewPart(CdmTable.DEATH, ColumnGroup.WHEN, 0, 1, () -> Plaintext.of(new byte[10]))));
        PreparedEdition forged = foreign.prepare(draft);

        Files.write(home.resolve("editions").resolve(forged.id().value()), forged.stub());

        assertCode(ProblemCode.EDITION_BROKEN, () -> editions.open(forged.id()));
        assertThat(editions.open(edition.id()).id()).isEqualTo(edition.id());
    }

    @Test
    void noticesObjectsThatChangedPlacesOrAreGone() throws IOException {
        Edition edition = published();
        List<Path> objects = edition.objects().stream()
                .map(id -> home.resolve("objects")
                        .resolve(id.value().substring(0, 2))
                        .resolve(id.value()))
                .toList();
        var chance = new Random(3);

        for (int attempt = 0; attempt < 20; attempt++) {
            Path one = objects.get(chance.nextInt(objects.size()));
            byte[] whole = Files.readAllBytes(one);
            byte[] flipped = whole.clone();
            flipped[chance.nextInt(whole.length)] ^= 1;
            Files.write(one, flipped);
            assertCode(ProblemCode.SEAL_BROKEN, edition::verify);
            assertCode(ProblemCode.SEAL_BROKEN, () -> readEverything(edition));
            Files.write(one, whole);
        }
        Files.write(objects.getFirst(), Files.readAllBytes(objects.getLast()));
        assertCode(ProblemCode.SEAL_BROKEN, edition::verify);
        Files.delete(objects.getFirst());
        assertCode(ProblemCode.SEAL_BROKEN, edition::verify);
    }

    @Test
    void noticesAPartWithOtherRowsThanItsManifestTells() {
        EditionDraft draft = editions.draft(1);
        byte[] parquet = onePersonParquet();
        draft.add(List.of(
                new EditionDraft.NewPart(CdmTable.PERSON, ColumnGroup.WHEN, 0, 2, () -> Plaintext.of(parquet))));
        PreparedEdition prepared = editions.prepare(draft);
        editions.publish(prepared);
        Needs needs = Needs.of(CdmTable.PERSON, "person_id");

        assertCode(
                ProblemCode.EDITION_BROKEN,
                () -> TestEditions.read(editions.open(prepared.id()), needs).read(0, needs));
    }

    @Test
    void opensNothingWithoutTheCustodian() {
        Edition edition = published();

        keys.leave();

        assertThat(editions.list()).containsExactly(edition.id());
        assertCode(ProblemCode.KEYS_ABSENT, () -> editions.open(edition.id()));
        assertCode(ProblemCode.KEYS_ABSENT, () -> readEverything(edition));
    }

    // Reading under a grant.

    @Test
    void refusesAColumnThatIsNotGrantedBeforeItOpensAnything() {
        EditionReader reader = TestEditions.read(published(), CONDITIONS);
        keys.unwrappedSince();

        assertCode(
                ProblemCode.PERMIT_COLUMN,
                () -> reader.read(
                        0, CONDITIONS.and(Needs.of(CdmTable.CONDITION_OCCURRENCE, "condition_source_value"))));

        assertThat(keys.unwrappedSince()).isEmpty();
    }

    @Test
    void unwrapsTheKeysOfTheNeededColumnGroupsAlone() {
        Needs granted = CONDITIONS.and(Needs.of(CdmTable.CONDITION_OCCURRENCE, "condition_source_value"));
        EditionReader reader = TestEditions.read(published(), granted);
        keys.unwrappedSince();

        readEverything(reader, CONDITIONS);

        Set<String> unwrapped = keys.unwrappedSince();
        assertThat(unwrapped)
                .isNotEmpty()
                .allMatch(place ->
                        place.contains("condition_occurrence/when") || place.contains("condition_occurrence/what"));
    }

    @Test
    void selectsTheNeededColumnsAlone() {
        Needs onlyDays = Domain.CONDITION_OCCURRENCE.needs();
        EditionReader reader = TestEditions.read(published(), CONDITIONS);

        for (int bucket = 0; bucket < reader.buckets(); bucket++) {
            Events events = reader.read(bucket, onlyDays).events(Domain.CONDITION_OCCURRENCE);

            assertThat(events.columns()).containsExactly(Domain.CONDITION_OCCURRENCE.startColumn());
        }
    }

    @Test
    void tellsNoDayOutsideTheGrantedPeriod() {
        Period may = new Period(LocalDate.of(2010, 5, 1), LocalDate.of(2010, 5, 2));
        Needs needs = CONDITIONS
                .and(Domain.OBSERVATION_PERIOD.needsOfEvents())
                .and(Domain.VISIT_OCCURRENCE.needsOfEvents())
                .and(Needs.of(CdmTable.VISIT_OCCURRENCE, "visit_start_datetime"));
        EditionReader reader = TestEditions.read(published(), needs, may);
        int conditions = 0;
        int periods = 0;

        for (int bucket = 0; bucket < reader.buckets(); bucket++) {
            Trajectories all = reader.read(bucket, needs);
            for (Domain domain :
                    List.of(Domain.CONDITION_OCCURRENCE, Domain.OBSERVATION_PERIOD, Domain.VISIT_OCCURRENCE)) {
                Events events = all.events(domain);
                for (int row = 0; row < events.size(); row++) {
                    assertThat(LocalDate.ofEpochDay(events.startDays()[row])).isBetween(may.from(), may.to());
                    int end = events.endDays()[row];
                    if (end != Absent.INT) {
                        assertThat(LocalDate.ofEpochDay(end)).isBetween(may.from(), may.to());
                    }
                }
            }
            conditions += all.events(Domain.CONDITION_OCCURRENCE).size();
            periods += all.events(Domain.OBSERVATION_PERIOD).size();
        }

        assertThat(conditions).isEqualTo(2);
        assertThat(periods).isEqualTo(3);
    }

    @Test
    void givesTheVocabularyToEveryGrant() {
        EditionReader reader = TestEditions.read(published(), CONDITIONS);

        assertThat(reader.vocabulary().mappedTo(192_671)).containsExactly(45_566);
        assertThat(reader.vocabulary().concept(1_118_084).orElseThrow().name()).isEqualTo("celecoxib");
    }

    @Test
    void everyColumnLiesInExactlyOneGroupAndSensitiveOnesApart() {
        for (CdmTable table : CdmTable.values()) {
            long inGroups = Stream.of(ColumnGroup.values())
                    .mapToLong(group -> group.columns(table).size())
                    .sum();
            assertThat(inGroups).as(table.tableName()).isEqualTo(table.columns().size());
        }
        assertThat(group("person.year_of_birth")).isEqualTo(ColumnGroup.WHAT);
        assertThat(group("person.day_of_birth")).isEqualTo(ColumnGroup.VALUE);
        assertThat(group("person.race_concept_id")).isEqualTo(ColumnGroup.CONTEXT);
        assertThat(group("drug_exposure.drug_concept_id")).isEqualTo(ColumnGroup.WHAT);
        assertThat(group("drug_exposure.drug_type_concept_id")).isEqualTo(ColumnGroup.CONTEXT);
        assertThat(group("drug_exposure.quantity")).isEqualTo(ColumnGroup.VALUE);
        assertThat(group("measurement.unit_concept_id")).isEqualTo(ColumnGroup.VALUE);
        assertThat(group("measurement.measurement_source_concept_id")).isEqualTo(ColumnGroup.SOURCE);
        assertThat(group("condition_occurrence.visit_occurrence_id")).isEqualTo(ColumnGroup.CONTEXT);
    }

    private static ColumnGroup group(String column) {
        return ColumnGroup.of(CdmColumn.parse(column).orElseThrow());
    }

    private PreparedEdition prepared() {
        Path input = new SmallCdm().csv(folder.resolve("input"));
        return new OmopIngest(editions, keys)
                .prepare(input, 4, folder.resolve("rejects.csv"))
                .edition();
    }

    private Edition published() {
        PreparedEdition prepared = prepared();
        editions.publish(prepared);
        return editions.open(prepared.id(), Hash.of(prepared.root().bytes()));
    }

    private static void readEverything(Edition edition) {
        Needs all = Stream.of(Domain.values())
                .map(domain -> new Needs(Set.copyOf(domain.table().columns())))
                .reduce(new Needs(Set.copyOf(CdmTable.PERSON.columns())), Needs::and);
        EditionReader reader = TestEditions.read(edition, all);
        readEverything(reader, all);
        reader.vocabulary();
        assertThat(edition.document(OmopIngest.REPORT)).isPresent();
        // What no evaluation reads is verified all the same.
        edition.verify();
    }

    private static void readEverything(EditionReader reader, Needs needs) {
        for (int bucket = 0; bucket < reader.buckets(); bucket++) {
            reader.read(bucket, needs);
        }
    }

    private byte[] onePersonParquet() {
        try (var file = MemoryFile.create();
                var session = DuckSession.open(DuckSession.Limits.ofOneBucket(), List.of(file.path()))) {
            session.execute("COPY (SELECT 1::BIGINT AS person_id, 1::BIGINT AS source_rank) TO "
                    + DuckSession.literal(file.path()) + " (FORMAT parquet, USE_TMP_FILE false)");
            return Files.readAllBytes(file.path());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void assertCode(ProblemCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(code));
    }
}
