package org.vauban.deposit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Gives every local id its record number: the first 63 bits of HMAC-SHA256(deposit key, type|local id). Without the key, which is
 * random and destroyed when the deposit is finished, a number tells nothing; within one deposit the same id has the same number.
 *
 * <p>For one thread. Remembers a bounded number of ids: the rows of a person follow each other, and the same professionals come in all of them.
 */
final class RecordNumbers {
    private static final int REMEMBERED = 1 << 17;
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;
    private final byte[][] ids = new byte[REMEMBERED][];
    private final int[] types = new int[REMEMBERED];
    private final long[] numbers = new long[REMEMBERED];
    private final byte[][] texts = new byte[REMEMBERED][];

    RecordNumbers(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A kind of id, such as {@code Patient} or {@code psa}: the same text in two kinds has two numbers. */
    record Type(String name, int hash, byte[] prefix) {
        static Type of(String name) {
            return new Type(name, name.hashCode(), (name + "|").getBytes(StandardCharsets.UTF_8));
        }
    }

    long of(Type type, byte[] bytes, int from, int to) {
        return numbers[place(type, bytes, from, to)];
    }

    /** Writes the number as it stands in a deposit, in decimal digits. */
    void write(Type type, byte[] bytes, int from, int to, Bytes row) {
        byte[] text = texts[place(type, bytes, from, to)];
        row.add(text, 0, text.length);
    }

    /** The place where the number of an id is remembered; it is worked out when it is not there. */
    private int place(Type type, byte[] bytes, int from, int to) {
        int hash = type.hash();
        for (int index = from; index < to; index++) {
            hash = 31 * hash + bytes[index];
        }
        int place = (hash ^ (hash >>> 15)) & (REMEMBERED - 1);
        byte[] remembered = ids[place];
        if (remembered == null
                || types[place] != type.hash()
                || !Arrays.equals(remembered, 0, remembered.length, bytes, from, to)) {
            long number = number(type, bytes, from, to);
            ids[place] = Arrays.copyOfRange(bytes, from, to);
            types[place] = type.hash();
            numbers[place] = number;
            texts[place] = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
        }
        return place;
    }

    private long number(Type type, byte[] bytes, int from, int to) {
        mac.update(type.prefix());
        mac.update(bytes, from, to - from);
        byte[] digest = mac.doFinal();
        long number = 0;
        for (int index = 0; index < Long.BYTES; index++) {
            number = number << 8 | digest[index] & 0xff;
        }
        return number >>> 1;
    }

    long of(Type type, String id) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        return of(type, bytes, 0, bytes.length);
    }
}
