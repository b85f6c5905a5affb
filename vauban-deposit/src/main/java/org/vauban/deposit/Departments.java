package org.vauban.deposit;

import java.util.Optional;

/** The French département of a place: the finest place that health data keep. */
final class Departments {
    private static final int CODE_LENGTH = 5;
    private static final String HIGHER_CORSICA_FROM = "20200";

    private Departments() {}

    /** By the commune's INSEE code, else by the postal code. */
    static Optional<String> of(String commune, String postalCode) {
        if (commune.matches("\\d[0-9AB]\\d{3}")) {
            return Optional.of(
                    commune.startsWith("97") || commune.startsWith("98")
                            ? commune.substring(0, 3)
                            : commune.substring(0, 2));
        }
        if (postalCode.length() != CODE_LENGTH || !postalCode.chars().allMatch(Character::isDigit)) {
            return Optional.empty();
        }
        if (postalCode.startsWith("20")) {
            return Optional.of(postalCode.compareTo(HIGHER_CORSICA_FROM) < 0 ? "2A" : "2B");
        }
        boolean isOverseas = postalCode.startsWith("97") || postalCode.startsWith("98");
        return Optional.of(postalCode.substring(0, isOverseas ? 3 : 2));
    }
}
