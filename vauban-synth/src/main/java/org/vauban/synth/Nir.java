package org.vauban.synth;

/**
 * A French national registration number: sex, year and month of birth, place of birth and order, thirteen characters, then
 * a key of two digits that reveals a slip of the pen.
 *
 * @param number thirteen characters, with 2A or 2B for births in Corsica since 1976
 */
record Nir(String number) {
    private static final int FIRST_YEAR_OF_THE_TWO_CORSICAN_DEPARTMENTS = 1976;

    Nir {
        if (number.length() != 13) {
            throw new IllegalArgumentException("a registration number has thirteen characters before its key");
        }
    }

    /**
     * The number of a person.
     *
     * @param placeOfBirth the statistical code, five characters; 99 and a country for births abroad
     * @param order from 1 to 999, among those born in the same month at the same place
     */
    static Nir of(boolean male, int yearOfBirth, int monthOfBirth, String placeOfBirth, int order) {
        boolean olderCorsican = placeOfBirth.startsWith("2")
                && !Character.isDigit(placeOfBirth.charAt(1))
                && yearOfBirth < FIRST_YEAR_OF_THE_TWO_CORSICAN_DEPARTMENTS;
        String place = olderCorsican ? "20" + placeOfBirth.substring(2) : placeOfBirth;
        return new Nir((male ? "1" : "2")
                + twoDigits(yearOfBirth % 100)
                + twoDigits(monthOfBirth)
                + place
                + threeDigits(order));
    }

    /** 97 less the remainder of the number by 97, where 2A counts as 19 and 2B as 18. */
    int key() {
        String digits = switch (number.substring(5, 7)) {
            case "2A" -> number.substring(0, 5) + "19" + number.substring(7);
            case "2B" -> number.substring(0, 5) + "18" + number.substring(7);
            default -> number;
        };
        return (int) (97 - Long.parseLong(digits) % 97);
    }

    /** All fifteen characters. */
    String withKey() {
        return number + twoDigits(key());
    }

    /** With a key that cannot be right. */
    String withWrongKey() {
        return number + twoDigits(key() % 97 + 1);
    }

    private static String twoDigits(int value) {
        return value < 10 ? "0" + value : Integer.toString(value);
    }

    private static String threeDigits(int value) {
        return value < 10 ? "00" + value : value < 100 ? "0" + value : Integer.toString(value);
    }
}
