package org.vauban.ledger.entry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogEntryTest {

    private static final Instant TIME = Instant.parse("2026-11-21T08:15:30.123456Z");
    private static final byte[] SALT = new byte[Commitment.LENGTH];
    private static final String WHOLE = """
            vauban-entry 1
            time 2026-11-21T08:15:30.123Z
            act study.run
            phase concluded
            begun 41
            result cleared
            actor a-5d41402abc4b2a76
            object study/12
            permit p-2026-007
            purpose pharmacovigilance
            inputs 3 aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77
            commitment b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad
            """;

    @Test
    void anEntryHasOneText() {
        Inputs inputs = Inputs.of(List.of(new byte[0], new byte[] {0x00}, new byte[] {0x10}));
        Header header = Header.of(TIME, "study.run", new Phase.Concluded(41, "cleared"), "a-5d41402abc4b2a76")
                .on("study/12")
                .under("p-2026-007", "pharmacovigilance")
                .over(inputs);

        LogEntry entry = new LogEntry(header, Commitment.of(SALT, new byte[0]));

        assertThat(new String(entry.encode(), UTF_8)).isEqualTo(WHOLE);
        assertThat(LogEntry.parse(WHOLE.getBytes(UTF_8))).isEqualTo(entry);
    }

    @Test
    void fieldsThatAreAbsentAreLeftOut() {
        LogEntry begun = new LogEntry(
                Header.of(TIME, "ingest.omop", new Phase.Begun(), "a-1"), Commitment.of(SALT, new byte[0]));

        String text = new String(begun.encode(), UTF_8);

        assertThat(text.lines().map(line -> line.substring(0, line.indexOf(' '))))
                .containsExactly("vauban-entry", "time", "act", "phase", "actor", "commitment");
        assertThat(LogEntry.parse(begun.encode())).isEqualTo(begun);
    }

    @Test
    void everyOtherSpellingIsRefused() {
        List<String> others = List.of(
                "",
                WHOLE.stripTrailing(),
                WHOLE + "\n",
                WHOLE + "note more\n",
                WHOLE.replace("\n", "\r\n"),
                WHOLE.replace("vauban-entry 1", "vauban-entry 2"),
                WHOLE.replace("30.123Z", "30.1230Z"),
                WHOLE.replace("30.123Z", "30.123+00:00"),
                WHOLE.replace("2026-11-21", "2026-13-21"),
                WHOLE.replace("begun 41", "begun 041"),
                WHOLE.replace("begun 41", "begun -1"),
                WHOLE.replace("begun 41\n", ""),
                WHOLE.replace("result cleared\n", ""),
                WHOLE.replace("phase concluded", "phase begun"),
                WHOLE.replace("phase concluded", "phase paused"),
                WHOLE.replace("aeb6", "AEB6"),
                WHOLE.replace("inputs 3", "inputs 0"),
                WHOLE.replace("inputs 3 ", "inputs "),
                WHOLE.replace("b613", "B613"),
                WHOLE.replace("act study.run\nphase concluded", "phase concluded\nact study.run"));

        for (String other : others) {
            assertThatThrownBy(() -> LogEntry.parse(other.getBytes(UTF_8))).isInstanceOf(MalformedEntryException.class);
        }
    }

    @Test
    void noRandomChangeOfAByteGivesTheSameEntry() {
        Random random = new Random(41);
        LogEntry entry = LogEntry.parse(WHOLE.getBytes(UTF_8));
        for (int round = 0; round < 2_000; round++) {
            byte[] changed = WHOLE.getBytes(UTF_8);
            changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));

            try {
                assertThat(LogEntry.parse(changed)).isNotEqualTo(entry);
            } catch (MalformedEntryException e) {
                assertThat(e).hasMessageNotContaining("5d41402abc");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Marie Curie",
                "marie@hospital.example",
                "é",
                "184127645108946",
                "1-84-12-76-451-089-46",
                "2:99:07:2A:451:089",
                "0612345678",
                "a\nphase begun",
                "-a",
            })
    void valuesThatCouldBeAPersonsHaveNoPlaceInAHeader(String value) {
        assertThatThrownBy(() -> Header.of(TIME, "login", new Phase.Begun(), value))
                .isInstanceOf(IllegalArgumentException.class);
        Header header = Header.of(TIME, "login", new Phase.Begun(), "a-1");
        assertThatThrownBy(() -> header.on(value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> header.under(value, "research")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> header.under("p-1", value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Phase.Entered(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRefusalDoesNotRepeatWhatItRefused() {
        assertThatThrownBy(() -> Header.of(TIME, "login", new Phase.Begun(), "Marie Curie"))
                .hasMessageNotContaining("Curie");
        assertThatThrownBy(() -> Header.of(TIME, "login", new Phase.Begun(), "184127645108946"))
                .hasMessageNotContaining("184127645108946");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "2026-11-21",
                "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "550e8400-e29b-41d4-a716-446655440000",
                "project/3/output/17",
            })
    void identifiersOfTheHubHaveTheirPlace(String value) {
        assertThat(Header.of(TIME, "login", new Phase.Begun(), "a-1").on(value).object())
                .contains(value);
    }

    @Test
    void anEntryIsMadeBetween1970And9999() {
        assertThatThrownBy(() -> Header.of(Instant.parse("1969-12-31T23:59:59Z"), "login", new Phase.Begun(), "a-1"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Header.of(Instant.MAX, "login", new Phase.Begun(), "a-1"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
