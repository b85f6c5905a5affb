package org.vauban.trajectory;

import java.util.Arrays;

/**
 * A column of concepts by code. A bucket has few different concepts, so that what is known of each fits where a processor looks first.
 *
 * @param codes of each row; equal concepts have equal codes, which count from 0 in the order of their first row
 * @param concepts the concept of each code
 */
public record ConceptCodes(int[] codes, int[] concepts) {
    private static final int PLACES_AT_FIRST = 1 << 10;

    /** Any column of whole numbers will do. */
    public static ConceptCodes of(int[] column) {
        int[] codes = new int[column.length];
        int[] concepts = new int[PLACES_AT_FIRST / 4];
        // Of each place the code that lives there plus one.
        int[] places = new int[PLACES_AT_FIRST];
        int size = 0;
        for (int row = 0; row < column.length; row++) {
            int place = place(places, concepts, column[row]);
            if (places[place] == 0) {
                if (size == concepts.length) {
                    concepts = Arrays.copyOf(concepts, size * 2);
                    places = spread(concepts, size, places.length * 2);
                    place = place(places, concepts, column[row]);
                }
                concepts[size++] = column[row];
                places[place] = size;
            }
            codes[row] = places[place] - 1;
        }
        return new ConceptCodes(codes, Arrays.copyOf(concepts, size));
    }

    private static int[] spread(int[] concepts, int size, int room) {
        int[] places = new int[room];
        for (int code = 0; code < size; code++) {
            places[place(places, concepts, concepts[code])] = code + 1;
        }
        return places;
    }

    /** Where a concept is, or the free place where it belongs. */
    private static int place(int[] places, int[] concepts, int concept) {
        int mask = places.length - 1;
        int mixed = concept * 0x9E3779B9;
        int place = (mixed ^ (mixed >>> 15)) & mask;
        while (places[place] != 0 && concepts[places[place] - 1] != concept) {
            place = (place + 1) & mask;
        }
        return place;
    }
}
