package org.vauban.deposit.identifier;

/** Describes a value without telling it: letters become A, digits 9, and long ones are cut. */
public final class Shape {
    private static final int LENGTH_MAX = 24;

    private Shape() {}

    public static String of(String value) {
        var shape = new StringBuilder();
        value.codePoints().limit(LENGTH_MAX).forEach(character -> {
            if (Character.isDigit(character)) {
                shape.append('9');
            } else if (Character.isLetter(character)) {
                shape.append('A');
            } else {
                shape.append(character >= ' ' && character < 127 ? (char) character : '?');
            }
        });
        return value.length() > LENGTH_MAX ? shape + "… (" + value.length() + " characters)" : shape.toString();
    }
}
