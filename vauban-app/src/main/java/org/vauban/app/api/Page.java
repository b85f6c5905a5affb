package org.vauban.app.api;

import java.util.List;

/**
 * One page of a list.
 *
 * @param items what is on it
 * @param page its number from 0
 * @param size the most that a page holds
 * @param total how many there are in all
 */
public record Page<T>(List<T> items, int page, int size, long total) {
    private static final int SIZE_MAX = 200;

    public Page {
        items = List.copyOf(items);
    }

    static <T> Page<T> of(List<T> all, int page, int size) {
        int held = Math.clamp(size, 1, SIZE_MAX);
        long from = Math.min((long) Math.max(page, 0) * held, all.size());
        return new Page<>(
                all.subList((int) from, (int) Math.min(from + held, all.size())), Math.max(page, 0), held, all.size());
    }
}
