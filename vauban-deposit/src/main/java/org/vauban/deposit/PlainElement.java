package org.vauban.deposit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link FhirElement} as the bytes of a line ask for it: the elements under it are found without making a text of their names. */
final class PlainElement {
    final FhirElement.Leaf leaf;
    /** The resource type of an id. */
    final RecordNumbers.Type type;

    final boolean isResourceType;
    final boolean isEmpty;

    private final byte[][] names;
    private final PlainElement[] elements;

    private PlainElement(FhirElement element, boolean isResourceType) {
        this.leaf = element.leaf();
        this.type = RecordNumbers.Type.of(element.target());
        this.isResourceType = isResourceType;
        this.isEmpty = element.under().isEmpty();
        int places = Integer.highestOneBit(element.under().size() + 1) * 4;
        this.names = new byte[places][];
        this.elements = new PlainElement[places];
        for (Map.Entry<String, FhirElement> inside : element.under().entrySet()) {
            byte[] name = inside.getKey().getBytes(StandardCharsets.UTF_8);
            int place = hash(name, 0, name.length) & (places - 1);
            while (names[place] != null) {
                place = (place + 1) & (places - 1);
            }
            names[place] = name;
            elements[place] =
                    new PlainElement(inside.getValue(), inside.getKey().equals("resourceType"));
        }
    }

    static PlainElement of(FhirElement root) {
        return new PlainElement(root, false);
    }

    @Nullable
    PlainElement find(byte[] bytes, int from, int to) {
        int place = hash(bytes, from, to) & (names.length - 1);
        while (names[place] != null) {
            if (Arrays.equals(names[place], 0, names[place].length, bytes, from, to)) {
                return elements[place];
            }
            place = (place + 1) & (names.length - 1);
        }
        return null;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int at = from; at < to; at++) {
            hash = 31 * hash + bytes[at];
        }
        return hash ^ (hash >>> 7);
    }
}
