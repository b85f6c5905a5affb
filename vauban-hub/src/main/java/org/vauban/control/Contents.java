package org.vauban.control;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the tables of a control plane hold, so that two databases can be compared.
 *
 * @param tables each with its rows
 */
public record Contents(SortedMap<String, Rows> tables) {
    /**
     * The rows of a table.
     *
     * @param count how many
     * @param sum the sum of their SHA-256, modulo 2<sup>256</sup>: the same in every order
     */
    public record Rows(long count, BigInteger sum) {}

    /** Keeps its own copy. */
    public Contents {
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    }

    /** All rows of all tables. */
    public long rows() {
        return tables.values().stream().mapToLong(Rows::count).sum();
    }

    /** The SHA-256, in hexadecimal digits, over the tables' names, counts and sums in order of their names. */
    public String digest() {
        MessageDigest digest = sha256();
        tables.forEach((table, rows) -> update(digest, table + '\n' + rows.count() + '\n' + rows.sum() + '\n'));
        return HexFormat.of().formatHex(digest.digest());
    }

    String summary() {
        return rows() + " / " + digest();
    }

    /** Rows as they are read, one after the other. */
    static final class Counting {
        private static final BigInteger MODULUS = BigInteger.TWO.pow(256);

        private long count;
        private BigInteger sum = BigInteger.ZERO;

        /** Each name and value with its length before it, so that no two rows are written alike. */
        void add(SortedMap<String, Optional<String>> row) {
            MessageDigest digest = sha256();
            row.forEach((name, value) -> update(
                    digest,
                    name + '=' + value.map(text -> text.length() + ":" + text).orElse("null") + ';'));
            sum = sum.add(new BigInteger(1, digest.digest())).mod(MODULUS);
            count++;
        }

        Rows counted() {
            return new Rows(count, sum);
        }
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
