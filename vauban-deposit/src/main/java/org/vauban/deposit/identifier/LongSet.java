package org.vauban.deposit.identifier;

/** A set of hashes, 8 bytes each: the persons of a deposit are many, and nothing but membership is asked. */
final class LongSet {
    private static final int START = 1 << 10;

    private long[] slots = new long[START];
    private int size;

    void add(long value) {
        long stored = value == 0 ? 1 : value;
        if (size * 2 >= slots.length) {
            grow();
        }
        if (put(slots, stored)) {
            size++;
        }
    }

    boolean contains(long value) {
        long stored = value == 0 ? 1 : value;
        int mask = slots.length - 1;
        for (int slot = (int) (stored >>> 20) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            if (slots[slot] == stored) {
                return true;
            }
        }
        return false;
    }

    int size() {
        return size;
    }

    private static boolean put(long[] slots, long stored) {
        int mask = slots.length - 1;
        int slot = (int) (stored >>> 20) & mask;
        while (slots[slot] != 0) {
            if (slots[slot] == stored) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        slots[slot] = stored;
        return true;
    }

    private void grow() {
        long[] wider = new long[slots.length * 2];
        for (long stored : slots) {
            if (stored != 0) {
                put(wider, stored);
            }
        }
        slots = wider;
    }
}
