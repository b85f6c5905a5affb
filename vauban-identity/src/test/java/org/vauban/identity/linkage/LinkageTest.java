package org.vauban.identity.linkage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.vauban.identity.linkage.MadeUpPeople.Line;

class LinkageTest {

    @Test
    void hospitalRecordsWithoutNirFindTheirInsuredPerson() {
        var made = new MadeUpPeople(7);
        List<Line> register = made.register(3_000);
        List<Line> hospital = made.hospital(register, 1_500, 0.6, 0.1);

        Result result = link(register, hospital);

        assertThat(result.precision()).isGreaterThan(0.995);
        assertThat(result.recall()).isGreaterThan(0.97);
        // What the posterior says of its own errors is of the right order.
        assertThat(result.links().quality().falseJoinsExpected()
                        / result.links().quality().joins())
                .isBetween(0.0, 0.02);
    }

    @Test
    void theSamePeopleGiveTheSameLinks() {
        var one = new MadeUpPeople(11);
        List<Line> register = one.register(400);
        List<Line> hospital = one.hospital(register, 300, 0.5, 0.1);

        assertThat(link(register, hospital).links().cluster())
                .isEqualTo(link(register, hospital).links().cluster());
    }

    @Test
    void twoDifferentNirsAreNeverJoinedHoweverAlikeTheirTraits() {
        Line twin = line(1, "MARTIN", "JEAN", "1980-05-05");
        People people = people(List.of(twin), List.of(twin), new long[] {1_000, 2_000});

        Links links = Linkage.link(people, 0.5);

        assertThat(links.cluster()).containsExactly(0, 1);
        assertThat(links.pairs()).isEmpty();
    }

    @Test
    void oneNirIsOnePersonWhateverTheTraits() {
        People people = people(
                List.of(line(1, "MARTIN", "JEANNE", "1980-05-05")),
                List.of(line(1, "DURAND", "J", "")),
                new long[] {1_000, 1_000});

        assertThat(Linkage.link(people, 0.5).cluster()).containsExactly(0, 0);
    }

    @Test
    void aRecordBetweenTwoEquallyGoodCandidatesGetsNeither() {
        var made = new MadeUpPeople(3);
        List<Line> register = new ArrayList<>(made.register(600));
        List<Line> hospital = new ArrayList<>(made.hospital(register, 300, 0, 0));
        Line twice = line(90_001, "VERCINGETORIX", "ARTHUR", "1971-03-17");
        register.add(twice);
        register.add(line(90_002, "VERCINGETORIX", "ARTHUR", "1971-03-17"));
        hospital.add(twice);

        Links links = link(register, hospital).links();

        int record = register.size() + hospital.size() - 1;
        assertThat(links.cluster()[record]).isEqualTo(record);
    }

    @Test
    void relativesUnderOneRoofAreNotOnePerson() {
        var made = new MadeUpPeople(5);
        List<Line> register = new ArrayList<>(made.register(1_000));
        List<Line> hospital = new ArrayList<>(made.hospital(register, 600, 0, 0));
        // Her brother is insured, she is not: all but given name, birth date and sex is the same.
        register.add(
                new Line(1, "", "LEGRANDIN", "", "HUGO", "1999-02-03", "1", "21001", "21001", "21000", "0612345678"));
        hospital.add(
                new Line(2, "", "LEGRANDIN", "", "ZOÉ", "2001-08-19", "2", "21001", "21001", "21000", "0612345678"));

        Links links = link(register, hospital).links();

        int sister = register.size() + hospital.size() - 1;
        assertThat(links.cluster()[sister]).isEqualTo(sister);
    }

    @Test
    void aTableWithoutTraitsIsRefused() {
        assertThatThrownBy(() -> Linkage.link(People.ofOneFile(3, List.of()), 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one trait");
    }

    @Test
    void noRecordsHaveNoLinks() {
        Links links = Linkage.link(People.ofOneFile(0, List.of(new People.Column(Trait.SURNAME, new String[0]))), 0.5);

        assertThat(links.pairs()).isEmpty();
    }

    /** Precision and recall over hospital records and their insured person, where traits had to decide. */
    private record Result(Links links, double precision, double recall) {}

    private static Result link(List<Line> register, List<Line> hospital) {
        long[] keys = new long[register.size() + hospital.size()];
        for (int at = 0; at < keys.length; at++) {
            Line line = at < register.size() ? register.get(at) : hospital.get(at - register.size());
            keys[at] = Nir.certain(line.nir()).map(Nir::number).orElse(0L);
        }
        Links links = Linkage.link(people(register, hospital, keys), 0.9);
        Map<Integer, Integer> personOfCluster = new HashMap<>();
        Map<Integer, Integer> insured = new HashMap<>();
        for (int at = 0; at < register.size(); at++) {
            personOfCluster.put(links.cluster()[at], register.get(at).person());
            insured.put(register.get(at).person(), at);
        }
        int found = 0;
        int right = 0;
        int present = 0;
        for (int at = register.size(); at < keys.length; at++) {
            int person = hospital.get(at - register.size()).person();
            if (keys[at] == 0) {
                Integer with = personOfCluster.get(links.cluster()[at]);
                found += with == null ? 0 : 1;
                right += with != null && with == person ? 1 : 0;
                present += insured.containsKey(person) ? 1 : 0;
            }
        }
        return new Result(links, (double) right / Math.max(1, found), (double) right / Math.max(1, present));
    }

    private static People people(List<Line> register, List<Line> hospital, long[] keys) {
        List<Line> all = new ArrayList<>(register);
        all.addAll(hospital);
        int[] source = new int[all.size()];
        Arrays.fill(source, register.size(), source.length, 1);
        return new People(
                all.size(),
                List.of(
                        column(all, Trait.GIVEN_NAME, Line::givenNames),
                        column(all, Trait.SURNAME, Line::birthName),
                        column(all, Trait.SURNAME, Line::usedName),
                        column(all, Trait.BIRTH_DATE, Line::birthDate),
                        column(all, Trait.SEX, Line::sex),
                        column(all, Trait.BIRTH_PLACE, Line::birthPlace),
                        column(all, Trait.CITY, Line::commune),
                        column(all, Trait.POSTCODE, Line::postcode),
                        column(all, Trait.PHONE, Line::phone)),
                source,
                new boolean[] {true, false},
                true,
                keys);
    }

    private static People.Column column(List<Line> lines, Trait trait, Function<Line, String> value) {
        return new People.Column(trait, lines.stream().map(value).toArray(String[]::new));
    }

    private static Line line(int person, String surname, String given, String birth) {
        return new Line(person, "", surname, "", given, birth, "1", "21001", "21001", "21000", "");
    }
}
