package org.vauban.attack.canary;

import java.util.Arrays;

/**
 * The round keys that AES-256 makes of a key before it is used (FIPS 197, section 5.2). A schedule in memory betrays a key that nobody
 * knows: each of its words follows from earlier ones.
 */
final class KeySchedule {
    static final int KEY_BYTES = 32;
    static final int BYTES = 240;

    private static final int[] BOX = box();

    private KeySchedule() {}

    static byte[] of(byte[] key) {
        byte[] schedule = Arrays.copyOf(key, BYTES);
        int round = 1;
        for (int at = KEY_BYTES; at < BYTES; at += 4) {
            next(schedule, at, round);
            if (at % KEY_BYTES == 0) {
                round = doubled(round);
            }
        }
        return schedule;
    }

    /** True when the bytes from there on are a schedule; three of its words are tried, which chance meets once in 2^96 times. */
    static boolean isAt(byte[] bytes, int from) {
        if ((bytes[from + 32] & 0xff) != (bytes[from] & 0xff ^ BOX[bytes[from + 29] & 0xff] ^ 1)
                || (bytes[from + 33] & 0xff) != (bytes[from + 1] & 0xff ^ BOX[bytes[from + 30] & 0xff])) {
            return false;
        }
        byte[] made = Arrays.copyOfRange(bytes, from, from + KEY_BYTES + 12);
        for (int at = KEY_BYTES; at < made.length; at += 4) {
            next(made, at, 1);
        }
        // Zeros do not follow from zeros, so an empty page is no schedule.
        return Arrays.equals(made, 0, made.length, bytes, from, from + made.length);
    }

    private static void next(byte[] schedule, int at, int round) {
        int[] word = new int[4];
        for (int index = 0; index < 4; index++) {
            word[index] = schedule[at - 4 + index] & 0xff;
        }
        if (at % KEY_BYTES == 0) {
            word = new int[] {BOX[word[1]] ^ round, BOX[word[2]], BOX[word[3]], BOX[word[0]]};
        } else if (at % KEY_BYTES == 16) {
            word = new int[] {BOX[word[0]], BOX[word[1]], BOX[word[2]], BOX[word[3]]};
        }
        for (int index = 0; index < 4; index++) {
            schedule[at + index] = (byte) (schedule[at - KEY_BYTES + index] ^ word[index]);
        }
    }

    private static int doubled(int number) {
        return (number << 1 ^ (number & 0x80) / 0x80 * 0x11b) & 0xff;
    }

    /** The substitution box, from its definition: the inverse in the field of 256, then an affine map. */
    private static int[] box() {
        int[] box = new int[256];
        int power = 1;
        int inverse = 1;
        do {
            power = power ^ doubled(power);
            inverse ^= inverse << 1;
            inverse ^= inverse << 2;
            inverse ^= inverse << 4;
            inverse &= 0xff;
            if ((inverse & 0x80) != 0) {
                inverse ^= 0x09;
            }
            int turned = inverse ^ turned(inverse, 1) ^ turned(inverse, 2) ^ turned(inverse, 3) ^ turned(inverse, 4);
            box[power] = turned ^ 0x63;
        } while (power != 1);
        box[0] = 0x63;
        return box;
    }

    private static int turned(int number, int bits) {
        return (number << bits | number >>> 8 - bits) & 0xff;
    }
}
