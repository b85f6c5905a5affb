package org.vauban.ledger.note;

/** The rule for names of keys: not empty, no space of any alphabet, no plus sign, no control character. */
final class KeyName {

    private KeyName() {}

    static String require(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException(
                    "A key's name is not empty and has no space, plus sign or control character.");
        }
        return name;
    }

    static boolean isValid(String name) {
        return !name.isEmpty() && name.codePoints().noneMatch(KeyName::isForbidden);
    }

    private static boolean isForbidden(int codePoint) {
        return codePoint == '+'
                || Character.isISOControl(codePoint)
                || Character.isSpaceChar(codePoint)
                || Character.isWhitespace(codePoint);
    }
}
