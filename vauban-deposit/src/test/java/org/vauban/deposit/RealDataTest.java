package org.vauban.deposit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.deposit.SplitReport.Outcome;
import org.vauban.deposit.envelope.Zone;

/** Public data sets split whole: nothing of them is kept back for a wrong reason. */
class RealDataTest {
    private final Zones health = Zones.of(Zone.HEALTH);
    private final Zones identity = Zones.of(Zone.IDENTITY);

    @TempDir
    Path folder = Path.of("");

    private SplitReport split(String dataSet) {
        Optional<Path> data = Stream.of(
                        System.getProperty("vauban.shared"),
                        System.getenv("VAUBAN_SHARED"),
                        "../shared",
                        "../../shared")
                .flatMap(Stream::ofNullable)
                .map(shared -> Path.of(shared, "data", dataSet))
                .filter(Files::isDirectory)
                .findFirst();
        assumeTrue(data.isPresent(), "not run: the reference data is not here; name its folder with VAUBAN_SHARED");
        return Splitter.split(
                new SplitRequest(
                        data.get(),
                        "producer-1",
                        Optional.empty(),
                        health.key(),
                        identity.key(),
                        folder.resolve("spool"),
                        Optional.empty(),
                        folder.resolve("rejects.csv"),
                        SplitRequest.PART_BYTES_DEFAULT),
                Progress.silent(),
                Clock.systemUTC());
    }

    @Test
    void ofSyntheasHospitalAllIsTakenButTheObservationsThatTellHomeAddresses() {
        SplitReport report = split("fhir/synthea-3.3.0-seed1001/fhir");

        // Its social questionnaire asks where people live, and the answer is a text.
        assertThat(report.with(Outcome.QUARANTINED)).hasSize(1);
        assertThat(report.with(Outcome.QUARANTINED)
                        .getFirst()
                        .problem()
                        .orElseThrow()
                        .toString())
                .contains("DEPOSIT_IDENTIFIER_FOUND: Observation.ndjson.gz:")
                .contains("found ADDRESS of the form 999 AAAAA AAA");
        assertThat(report.persons()).isEqualTo(71);
        assertThat(report.rows()).isEqualTo(81_635 - 51_145);
        assertThat(report.with(Outcome.LEFT_OUT))
                .extracting(SplitReport.FileReport::file)
                .containsExactly(
                        "Location.ndjson.gz",
                        "Organization.ndjson.gz",
                        "Practitioner.ndjson.gz",
                        "PractitionerRole.ndjson.gz");
        String content = health.everything(folder.resolve("spool"));
        assertThat(Stream.of("Streich926", "Jamison785", "Walsh Well", "999-68-9041", "555-213-7136", "d628fafc-faa7")
                        .filter(content::contains))
                .isEmpty();
        assertThat(identity.everything(folder.resolve("spool"))).contains("Streich926");
    }

    @Test
    void theTablesOfPathlingAreSplitWhole() {
        assertThat(split("fhir/pathling").with(Outcome.QUARANTINED)).isEmpty();
    }

    @Test
    void theSyntheticTablesOfTheNationalSystemAreSplitWhole() {
        SplitReport report = split("snds/synthetic");

        assertThat(report.with(Outcome.QUARANTINED)).isEmpty();
        assertThat(report.rows() + report.rejected()).isGreaterThan(1500);
        assertThat(health.everything(folder.resolve("spool"))).doesNotContain("fvROSurjXIfxJwEop", "HzJkUpDOJvJGLqoJS");
    }

    @Test
    void theTablesOfScalpelAreSplitWhole() {
        SplitReport report = split("snds/scalpel-extraction");

        assertThat(report.with(Outcome.QUARANTINED)).isEmpty();
        assertThat(report.rejected()).isZero();
        assertThat(health.everything(folder.resolve("spool"))).doesNotContain("Patient_01", "Patient_02");
    }
}
