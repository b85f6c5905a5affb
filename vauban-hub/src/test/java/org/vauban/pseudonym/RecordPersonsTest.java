package org.vauban.pseudonym;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vauban.identity.protocol.AnswersClient.DepositPersons;
import org.vauban.identity.protocol.AnswersClient.RecordPerson;
import org.vauban.problem.ProblemException;

class RecordPersonsTest {
    @Test
    void everyRecordHasItsPersonWhateverItsNumberLooksLike() {
        RecordPersons persons = RecordPersons.of(List.of(
                new DepositPersons(
                        "a",
                        List.of(
                                new RecordPerson("0", pseudonym(1, 7)),
                                new RecordPerson("00", pseudonym(2, 7)),
                                new RecordPerson("9223372036854775807", pseudonym(3, 7)),
                                new RecordPerson("92233720368547758070", pseudonym(4, 7)),
                                new RecordPerson("PSA|1", pseudonym(5, 7)))),
                new DepositPersons("b", List.of(new RecordPerson("0", pseudonym(1, 7))))));

        assertThat(persons.person("a", "0")).hasValue(1);
        assertThat(persons.person("a", "00")).hasValue(2);
        assertThat(persons.person("a", "9223372036854775807")).hasValue(3);
        assertThat(persons.person("a", "92233720368547758070")).hasValue(4);
        assertThat(persons.person("a", "PSA|1")).hasValue(5);
        assertThat(persons.person("b", "0")).hasValue(1);
        assertThat(persons.person("b", "1")).isEmpty();
        assertThat(persons.person("c", "0")).isEmpty();
        assertThat(persons.records()).isEqualTo(6);
        assertThat(persons.persons()).isEqualTo(5);
    }

    @Test
    void manyRecordsAreThoseOfAMap() {
        var random = new Random(1);
        Map<String, Long> expected = new HashMap<>();
        List<RecordPerson> pairs = new ArrayList<>();
        for (int record = 0; record < 100_000; record++) {
            String number = Long.toString(random.nextLong() >>> 1);
            long person = random.nextInt(30_000);
            expected.put(number, person);
            pairs.add(new RecordPerson(number, pseudonym(person, person)));
        }

        RecordPersons persons = RecordPersons.of(List.of(new DepositPersons("a", pairs)));

        assertThat(persons.records()).isEqualTo(expected.size());
        expected.forEach(
                (record, person) -> assertThat(persons.person("a", record)).hasValue(person));
    }

    @Test
    void twoPseudonymsThatWouldBeOnePersonAreRefused() {
        List<DepositPersons> colliding = List.of(new DepositPersons(
                "a", List.of(new RecordPerson("1", pseudonym(1, 7)), new RecordPerson("2", pseudonym(1, 8)))));

        assertThatThrownBy(() -> RecordPersons.of(colliding))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("PSEUDONYM_COLLISION");
    }

    private static String pseudonym(long first, long second) {
        byte[] bytes = ByteBuffer.allocate(32).putLong(first).putLong(second).array();
        return "v1:" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
