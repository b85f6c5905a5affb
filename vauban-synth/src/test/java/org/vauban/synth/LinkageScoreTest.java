package org.vauban.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkageScoreTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /**
     * Three persons. The first is insured under two pseudonyms and has two hospital records, the second one of each, the
     * third is insured alone. True pairs: person 1 has 2 with the insurer and 1 between hospitals, person 2 has 1.
     */
    @BeforeEach
    void writeTheTruth() throws IOException {
        Files.writeString(folder.resolve("who_is_who.csv"), """
                producer,local_id,person
                cnam,AAA|1,1
                cnam,BBB|1,1
                cnam,CCC|1,2
                cnam,DDD|1,3
                hospital-1,x,1
                hospital-2,y,1
                hospital-1,z,2
                """);
        Files.writeString(folder.resolve("hospital_records.csv"), """
                producer,local_id,nir,slip
                hospital-1,x,good,none
                hospital-2,y,missing,typo
                hospital-1,z,good,none
                """);
        Files.writeString(folder.resolve("cnam.csv"), """
                producer,record,local_id
                cnam,1,AAA|1
                cnam,2,BBB|1
                cnam,3,CCC|1
                cnam,4,DDD|1
                """);
        Files.writeString(folder.resolve("hospitals.csv"), """
                producer,record,local_id
                hospital-1,5,x
                hospital-2,6,y
                hospital-1,7,z
                """);
    }

    @Test
    void aPerfectLinkageFindsEveryPairAndNoOther() throws IOException {
        Map<?, ?> score = score("1:p 2:p 3:q 4:r 5:p 6:p 7:q");

        assertThat(pairs(score, "overall")).isEqualTo(List.of(4L, 4L, 4L));
        assertThat(figure(score, "overall", "f1")).isEqualTo(1.0);
        assertThat(pairs(score, "without_nir")).isEqualTo(List.of(2L, 2L, 2L));
    }

    @Test
    void anInsuredPersonUnderTwoPseudonymsIsOnePerson() throws IOException {
        Map<?, ?> score = score("1:p 2:elsewhere 3:q 4:r 5:p 6:p 7:q");

        assertThat(pairs(score, "overall")).isEqualTo(List.of(4L, 4L, 4L));
    }

    @Test
    void aMissedRecordCostsRecallAndAWrongOnePrecision() throws IOException {
        Map<?, ?> missed = score("1:p 2:p 3:q 4:r 5:p 6:alone 7:q");
        Map<?, ?> wrong = score("1:p 2:p 3:q 4:r 5:p 6:q 7:q");

        assertThat(pairs(missed, "overall")).isEqualTo(List.of(4L, 2L, 2L));
        assertThat(figure(missed, "overall", "precision")).isEqualTo(1.0);
        assertThat(figure(missed, "overall", "recall")).isEqualTo(0.5);
        assertThat(figure(missed, "without_nir", "recall")).isZero();
        // The lost record meets the second person's insurer and hospital rows: two wrong pairs.
        assertThat(pairs(wrong, "overall")).isEqualTo(List.of(4L, 4L, 2L));
        assertThat(figure(wrong, "overall", "f1")).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void everythingTogetherIsCountedWithoutListingPairs() throws IOException {
        Map<?, ?> score = score("1:p 2:p 3:p 4:p 5:p 6:p 7:p");

        // Three hospital records with three insured persons, and three pairs between hospitals.
        assertThat(pairs(score, "overall")).isEqualTo(List.of(4L, 12L, 4L));
    }

    @Test
    void recordsWithoutAClusterAreLinkedToNothing() throws IOException {
        Map<?, ?> score = score("1:p 5:p");

        assertThat(score.get("records_without_cluster")).isEqualTo(5L);
        assertThat(pairs(score, "overall")).isEqualTo(List.of(4L, 1L, 1L));
    }

    @Test
    void wilsonsIntervalIsThePublishedOne() throws IOException {
        Map<?, ?> recall = (Map<?, ?>) value(
                ((Map<?, ?>) value(score("1:p 2:p 3:q 4:r 5:p 6:alone 7:q").get("overall"))).get("recall"));

        // Two of four: 0.15 to 0.85.
        assertThat((Double) value(recall.get("ci_low"))).isCloseTo(0.1500, within(0.0001));
        assertThat((Double) value(recall.get("ci_high"))).isCloseTo(0.8500, within(0.0001));
    }

    @Test
    void aMapOfAnUnknownProducerIsRefused() throws IOException {
        Path map = Files.writeString(folder.resolve("other.csv"), "producer,record,local_id\nclinic,1,x\n");

        assertThatThrownBy(() -> LinkageScore.of(folder, clusters("1:p"), List.of(map)))
                .isInstanceOf(WrongInput.class)
                .hasMessageContaining("producer clinic");
    }

    private Map<String, @Nullable Object> score(String clusters) throws IOException {
        return LinkageScore.of(
                        folder,
                        clusters(clusters),
                        List.of(folder.resolve("cnam.csv"), folder.resolve("hospitals.csv")))
                .comparison();
    }

    private Path clusters(String clusters) throws IOException {
        return Files.writeString(
                folder.resolve("clusters.csv"),
                "deposit,record,cluster\nd," + clusters.replace(":", ",").replace(" ", "\nd,") + "\n");
    }

    private static List<Object> pairs(Map<?, ?> score, String part) {
        Map<?, ?> figures = (Map<?, ?>) value(score.get(part));
        return List.of(
                value(figures.get("true_pairs")), value(figures.get("found_pairs")), value(figures.get("right_pairs")));
    }

    private static double figure(Map<?, ?> score, String part, String name) {
        Map<?, ?> figures = (Map<?, ?>) value(score.get(part));
        return (Double) value(((Map<?, ?>) value(figures.get(name))).get("estimate"));
    }

    private static Object value(@Nullable Object found) {
        return Objects.requireNonNull(found);
    }
}
