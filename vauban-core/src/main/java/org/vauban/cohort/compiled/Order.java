package org.vauban.cohort.compiled;

/** Orders entry events by day, then id, keeping the order of equals: a merge sort over places. */
final class Order {
    private int[] places = new int[8];
    private int[] spare = new int[8];

    /** The places of the buffer's events in order; the array is reused by the next call. */
    int[] of(IndexBuffer events, boolean latestFirst) {
        int size = events.size;
        if (places.length < size) {
            places = new int[size * 2];
            spare = new int[size * 2];
        }
        boolean ordered = true;
        for (int i = 0; i < size; i++) {
            places[i] = i;
            ordered &= i == 0 || !before(events, i, i - 1, latestFirst);
        }
        if (!ordered) {
            sort(events, 0, size, latestFirst);
        }
        return places;
    }

    private void sort(IndexBuffer events, int from, int to, boolean latestFirst) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        sort(events, from, middle, latestFirst);
        sort(events, middle, to, latestFirst);
        System.arraycopy(places, from, spare, from, to - from);
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeRight =
                    left == middle || (right < to && before(events, spare[right], spare[left], latestFirst));
            places[i] = takeRight ? spare[right++] : spare[left++];
        }
    }

    private static boolean before(IndexBuffer events, int one, int other, boolean latestFirst) {
        int day = events.sortDays[one];
        int otherDay = events.sortDays[other];
        if (day != otherDay) {
            return latestFirst == (day > otherDay);
        }
        return events.ids[one] < events.ids[other];
    }
}
