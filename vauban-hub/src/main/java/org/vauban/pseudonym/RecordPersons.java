package org.vauban.pseudonym;

import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.vauban.identity.protocol.AnswersClient;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/**
 * The person behind each record, as a number of this hub: the first 63 bits of the pseudonym. It never leaves memory, since an edition
 * numbers its persons anew.
 */
public final class RecordPersons {
    private static final String VERSION = "v1:";
    private static final int PSEUDONYM_BYTES = 32;

    private final Map<String, Map<String, Long>> byDeposit;
    private final long persons;

    private RecordPersons(Map<String, Map<String, Long>> byDeposit, long persons) {
        this.byDeposit = byDeposit;
        this.persons = persons;
    }

    static RecordPersons of(List<AnswersClient.DepositPersons> deposits) {
        Map<String, Map<String, Long>> byDeposit = new HashMap<>();
        Map<Long, byte[]> pseudonyms = new HashMap<>();
        for (AnswersClient.DepositPersons deposit : deposits) {
            Map<String, Long> records = HashMap.newHashMap(deposit.persons().size());
            for (AnswersClient.RecordPerson pair : deposit.persons()) {
                byte[] pseudonym = bytes(pair.pseudonym());
                long number = number(pseudonym);
                byte[] other = pseudonyms.putIfAbsent(number, pseudonym);
                if (other != null && !Arrays.equals(other, pseudonym)) {
                    throw Problem.of(ProblemCode.PSEUDONYM_COLLISION).exception();
                }
                records.put(pair.record(), number);
            }
            byDeposit.put(deposit.deposit(), records);
        }
        return new RecordPersons(byDeposit, pseudonyms.size());
    }

    /** The person behind a record, or nothing when the zone knows no such record of this deposit. */
    public OptionalLong person(String deposit, String record) {
        Long person = byDeposit.getOrDefault(deposit, Map.of()).get(record);
        return person == null ? OptionalLong.empty() : OptionalLong.of(person);
    }

    /** How many records have a person. */
    public long records() {
        return byDeposit.values().stream().mapToLong(Map::size).sum();
    }

    /** How many persons there are. */
    public long persons() {
        return persons;
    }

    private static byte[] bytes(String pseudonym) {
        if (pseudonym.startsWith(VERSION)) {
            byte[] bytes = Base64.getUrlDecoder().decode(pseudonym.substring(VERSION.length()));
            if (bytes.length == PSEUDONYM_BYTES) {
                return bytes;
            }
        }
        throw Problem.of(ProblemCode.INTERNAL_FAULT)
                .found("a pseudonym of an unknown version")
                .exception();
    }

    private static long number(byte[] pseudonym) {
        long number = 0;
        for (int index = 0; index < Long.BYTES; index++) {
            number = number << Byte.SIZE | (pseudonym[index] & 0xff);
        }
        return number & Long.MAX_VALUE;
    }

    @Override
    public String toString() {
        return "RecordPersons[" + records() + " records]";
    }
}
