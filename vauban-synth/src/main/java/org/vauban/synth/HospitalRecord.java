package org.vauban.synth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A person as written down at the desk of one of the four hospitals, with the slips that happen there. A person may have
 * several, within a hospital and across hospitals.
 *
 * @param hospital number in {@link Hospital#ALL}
 * @param id the hospital's own number of the patient, also the id of the Patient resource
 * @param nir registration number with key as written down, or an empty text
 * @param birthDay as written down, days since 1970-01-01
 * @param home as written down, or nothing
 * @param phone ten digits or an empty text
 */
record HospitalRecord(
        int hospital,
        String id,
        NirState nirState,
        String nir,
        String birthName,
        String usedName,
        String givenNames,
        int birthDay,
        boolean male,
        String placeOfBirth,
        Optional<Town> home,
        String street,
        String phone,
        Slip slip) {
    private static final double IS_A_PATIENT = 0.40;
    private static final double TWO_HOSPITALS = 0.12;
    private static final double TWICE_IN_ONE = 0.05;
    private static final double NIR_MISSING = 0.15;
    private static final double NIR_WRONG = 0.05;
    private static final double SLIP_WITH_NIR = 0.10;
    private static final double SLIP_WITHOUT_NIR = 0.25;

    /** What the desk wrote down as registration number. */
    enum NirState {
        GOOD,
        MISSING,
        WRONG
    }

    /** What went wrong with the other traits. */
    enum Slip {
        NONE,
        TYPO,
        SWAPPED_DATE,
        SWAPPED_NAMES,
        MARRIED_NAME,
        FIELDS_MISSING
    }

    /** The records that hospitals keep of a person: none of most persons. */
    static List<HospitalRecord> of(Civil civil, long seed) {
        Chance chance = Chance.ofPerson(seed ^ 0x44_45_53_4BL, civil.number());
        List<HospitalRecord> records = new ArrayList<>();
        if (chance.happens(IS_A_PATIENT)) {
            int first = chance.between(0, Hospital.WITH_OWN_RECORDS - 1);
            records.add(written(civil, first, chance));
            if (chance.happens(TWICE_IN_ONE)) {
                records.add(written(civil, first, chance));
            }
            if (chance.happens(TWO_HOSPITALS)) {
                records.add(written(
                        civil,
                        (first + chance.between(1, Hospital.WITH_OWN_RECORDS - 1)) % Hospital.WITH_OWN_RECORDS,
                        chance));
            }
        }
        return records;
    }

    private static HospitalRecord written(Civil civil, int hospital, Chance chance) {
        String id = Integer.toString(hospital + 1) + Insured.text(chance.bits(), 0, 11);
        double drawn = chance.uniform();
        NirState state = drawn < NIR_MISSING
                ? NirState.MISSING
                : drawn < NIR_MISSING + NIR_WRONG ? NirState.WRONG : NirState.GOOD;
        String nir = switch (state) {
            case GOOD -> civil.nir().withKey();
            case MISSING -> "";
            case WRONG -> civil.nir().withWrongKey();
        };
        boolean slips = chance.happens(state == NirState.GOOD ? SLIP_WITH_NIR : SLIP_WITHOUT_NIR);
        Slip slip = slips ? slip(civil, chance) : Slip.NONE;
        String birthName = civil.birthName();
        String givenNames = chance.happens(0.5) ? civil.givenNames() : civil.firstGivenName();
        int birthDay = civil.birthDay();
        switch (slip) {
            case TYPO -> {
                if (chance.happens(0.6)) {
                    birthName = mistyped(birthName, chance);
                } else {
                    givenNames = mistyped(givenNames, chance);
                }
            }
            case SWAPPED_DATE -> birthDay = Days.withDayAndMonthSwapped(birthDay);
            case SWAPPED_NAMES -> {
                birthName = civil.firstGivenName();
                givenNames = civil.birthName();
            }
            case MARRIED_NAME -> birthName = civil.usedName();
            case NONE, FIELDS_MISSING -> {}
        }
        boolean gaps = slip == Slip.FIELDS_MISSING;
        boolean moved = chance.happens(0.08);
        Town home = moved ? Town.pick(chance) : civil.home();
        return new HospitalRecord(
                hospital,
                id,
                state,
                nir,
                birthName,
                civil.usedName(),
                givenNames,
                birthDay,
                civil.male(),
                gaps || chance.happens(0.15) ? "" : civil.placeOfBirth(),
                gaps || chance.happens(0.05) ? Optional.empty() : Optional.of(home),
                moved ? "" : civil.street(),
                gaps || chance.happens(0.25) ? "" : civil.phone(),
                slip);
    }

    private static Slip slip(Civil civil, Chance chance) {
        Slip slip = chance.pick(List.of(
                Slip.TYPO,
                Slip.TYPO,
                Slip.TYPO,
                Slip.SWAPPED_DATE,
                Slip.SWAPPED_NAMES,
                Slip.MARRIED_NAME,
                Slip.MARRIED_NAME,
                Slip.FIELDS_MISSING));
        boolean impossible = switch (slip) {
            case SWAPPED_DATE -> !Days.canSwapDayAndMonth(civil.birthDay());
            case MARRIED_NAME -> civil.usedName().equals(civil.birthName());
            default -> false;
        };
        return impossible ? Slip.TYPO : slip;
    }

    /** One letter left out, doubled, replaced or exchanged with the next. */
    private static String mistyped(String name, Chance chance) {
        int at = chance.between(1, Math.max(1, name.length() - 2));
        String before = name.substring(0, at);
        String after = name.substring(Math.min(at + 1, name.length()));
        char letter = at < name.length() ? name.charAt(at) : 'e';
        return switch (chance.between(0, 3)) {
            case 0 -> before + after;
            case 1 -> before + letter + letter + after;
            case 2 -> before + (char) ('a' + chance.between(0, 25)) + after;
            default -> after.isEmpty() ? before + letter + 'e' : before + after.charAt(0) + letter + after.substring(1);
        };
    }
}
