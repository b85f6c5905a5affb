package org.vauban.pseudonym;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.vauban.identity.protocol.AnswersClient;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/**
 * The person behind each record, as a number of this hub: the first 63 bits of the pseudonym. It never leaves memory, since an edition
 * numbers its persons anew.
 */
public final class RecordPersons {
    private static final String VERSION = "v1:";
    private static final int PSEUDONYM_BYTES = 32;

    private final Map<String, Records> byDeposit;
    private final long persons;

    private RecordPersons(Map<String, Records> byDeposit, long persons) {
        this.byDeposit = byDeposit;
        this.persons = persons;
    }

    static RecordPersons of(List<AnswersClient.DepositPersons> deposits) {
        Map<String, Records> byDeposit = new HashMap<>();
        var seconds = new LongTable();
        for (AnswersClient.DepositPersons deposit : deposits) {
            var records = new Records();
            for (AnswersClient.RecordPerson pair : deposit.persons()) {
                ByteBuffer pseudonym = bytes(pair.pseudonym());
                long number = pseudonym.getLong() & Long.MAX_VALUE;
                long second = pseudonym.getLong();
                // Two pseudonyms that agree in 127 bits are one; two that agree in the first 63 alone would be taken
                // for one.
                if (seconds.putIfAbsent(number, second) != second) {
                    throw Problem.of(ProblemCode.PSEUDONYM_COLLISION).exception();
                }
                records.put(pair.record(), number);
            }
            byDeposit.put(deposit.deposit(), records);
        }
        return new RecordPersons(byDeposit, seconds.size());
    }

    /** The persons of one deposit. Record numbers are decimal, and there are millions; a record under another name is possible. */
    private static final class Records {
        private static final int DIGITS_MAX = 18;

        private final LongTable numbered = new LongTable();
        private final Map<String, Long> named = new HashMap<>();

        void put(String record, long person) {
            if (isNumber(record)) {
                numbered.put(Long.parseLong(record), person);
            } else {
                named.put(record, person);
            }
        }

        OptionalLong person(String record) {
            if (isNumber(record)) {
                return numbered.get(Long.parseLong(record));
            }
            Long person = named.get(record);
            return person == null ? OptionalLong.empty() : OptionalLong.of(person);
        }

        /** Whether the text is what the number would be written as, so that no two texts are one record. */
        private static boolean isNumber(String record) {
            int length = record.length();
            boolean isShort =
                    length > 0 && (length <= DIGITS_MAX || length == DIGITS_MAX + 1 && record.charAt(0) < '9');
            return isShort
                    && (record.charAt(0) != '0' || length == 1)
                    && record.chars().allMatch(each -> each >= '0' && each <= '9');
        }

        long size() {
            return numbered.size() + (long) named.size();
        }
    }

    /** The person behind a record, or nothing when the zone knows no such record of this deposit. */
    public OptionalLong person(String deposit, String record) {
        Records records = byDeposit.get(deposit);
        return records == null ? OptionalLong.empty() : records.person(record);
    }

    /** How many records have a person. */
    public long records() {
        return byDeposit.values().stream().mapToLong(Records::size).sum();
    }

    /** How many persons there are. */
    public long persons() {
        return persons;
    }

    /** The hub's number of the person behind a pseudonym. */
    static long number(String pseudonym) {
        return bytes(pseudonym).getLong() & Long.MAX_VALUE;
    }

    private static ByteBuffer bytes(String pseudonym) {
        if (pseudonym.startsWith(VERSION)) {
            byte[] bytes = Base64.getUrlDecoder().decode(pseudonym.substring(VERSION.length()));
            if (bytes.length == PSEUDONYM_BYTES) {
                return ByteBuffer.wrap(bytes);
            }
        }
        throw Problem.of(ProblemCode.INTERNAL_FAULT)
                .found(Phrase.A_PSEUDONYM_OF_AN_UNKNOWN_VERSION)
                .exception();
    }

    @Override
    public String toString() {
        return "RecordPersons[" + records() + " records]";
    }
}
