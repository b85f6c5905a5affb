package org.vauban.cohort.compiled;

/** Orders entry events by day, then id, keeping the order of equals: a merge sort over places. */
final class Order {
    private int[] places = new int[8];
    private int[] others = new int[8];

    /**
     * Takes the first so many events of a buffer in order, and numbers them anew.
     *
     * @param spare another buffer, whose events are not needed any more
     * @return the one of the two that has them now
     */
    IndexBuffer arrange(IndexBuffer from, boolean latestFirst, int taken, IndexBuffer spare) {
        if (isOrdered(from, latestFirst)) {
            // As a person's records stand by day, this is nearly always so.
            from.keepFirst(taken);
            return from;
        }
        IndexBuffer to = spare;
        to.clear();
        int size = from.size;
        if (places.length < size) {
            places = new int[size * 2];
            others = new int[size * 2];
        }
        for (int i = 0; i < size; i++) {
            places[i] = i;
        }
        sort(from, 0, size, latestFirst);
        for (int i = 0; i < taken; i++) {
            to.addFrom(from, places[i], i);
        }
        return to;
    }

    private static boolean isOrdered(IndexBuffer events, boolean latestFirst) {
        for (int i = 1; i < events.size; i++) {
            if (before(events, i, i - 1, latestFirst)) {
                return false;
            }
        }
        return true;
    }

    private void sort(IndexBuffer events, int from, int to, boolean latestFirst) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        sort(events, from, middle, latestFirst);
        sort(events, middle, to, latestFirst);
        System.arraycopy(places, from, others, from, to - from);
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeRight =
                    left == middle || (right < to && before(events, others[right], others[left], latestFirst));
            places[i] = takeRight ? others[right++] : others[left++];
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
