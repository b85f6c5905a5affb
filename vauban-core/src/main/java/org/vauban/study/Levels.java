package org.vauban.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.vauban.output.TwoLanguages;

/** The levels of a covariate, in a reader's order, and who has which. */
final class Levels {
    static final String NOT_KNOWN = "Not known";
    /** The first day of exposure stands before the year of birth: one of the two is wrong. */
    static final String BEFORE_BIRTH = "Before birth";

    static final String YES = "Yes";
    static final String NO = "No";
    static final String FEMALE = "Female";
    static final String MALE = "Male";
    static final String OTHER = "Other";

    /** As long as a label of an output may be. */
    private static final int LABEL_MAX = 180;

    private static final int FEMALE_CONCEPT = 8532;
    private static final int MALE_CONCEPT = 8507;

    private Levels() {}

    /** The levels that a value can have or that persons of both arms have, in order; "Not known" only when somebody's is. */
    static List<String> of(Covariate covariate, int index, NewUserArms arms) {
        SortedSet<Double> values = new TreeSet<>();
        boolean notKnown = false;
        for (List<Exposed> arm : arms.exposed()) {
            for (Exposed each : arm) {
                double value = each.values()[index];
                if (Double.isNaN(value)) {
                    notKnown = true;
                } else {
                    values.add(value);
                }
            }
        }
        TreeSet<String> seen = new TreeSet<>();
        List<String> levels = new ArrayList<>(
                switch (covariate) {
                    case Covariate.Sex _ -> List.of(FEMALE, MALE);
                    case Covariate.Recorded _ -> List.of(YES, NO);
                    case Covariate.Age _ -> List.<String>of();
                });
        seen.addAll(levels);
        for (double value : values) {
            String level = level(covariate, value);
            if (seen.add(level)) {
                levels.add(level);
            }
        }
        if (notKnown) {
            levels.add(NOT_KNOWN);
        }
        return List.copyOf(levels);
    }

    /** The level of one value. */
    static String level(Covariate covariate, double value) {
        if (Double.isNaN(value)) {
            return NOT_KNOWN;
        }
        return switch (covariate) {
            case Covariate.Age age -> {
                if (value < 0) {
                    yield BEFORE_BIRTH;
                }
                int from = (int) Math.floor(value / age.groupYears()) * age.groupYears();
                yield from + "-" + (from + age.groupYears() - 1);
            }
            case Covariate.Sex _ ->
                switch ((int) value) {
                    case FEMALE_CONCEPT -> FEMALE;
                    case MALE_CONCEPT -> MALE;
                    default -> OTHER;
                };
            case Covariate.Recorded _ -> value > 0 ? YES : NO;
        };
    }

    /** A level beside its covariate's name, in both languages where the author wrote both: {@code Sex: Female}. */
    static String labelled(Covariate covariate, String level) {
        String english = TwoLanguages.in(covariate.label(), Locale.ENGLISH) + ": " + level;
        String french = TwoLanguages.in(covariate.label(), Locale.FRENCH) + ": " + level;
        String both = english + " | " + french;
        return english.equals(french) || both.length() > LABEL_MAX ? english : both;
    }
}
