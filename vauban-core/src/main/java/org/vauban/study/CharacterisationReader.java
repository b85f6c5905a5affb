package org.vauban.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.vauban.document.Fields;
import org.vauban.omop.CdmTable;
import org.vauban.problem.Phrase;
import org.vauban.trajectory.Domain;

/** Reads the design of a characterisation. */
final class CharacterisationReader {
    private static final int WINDOWS_MAX = 20;
    private static final double LEAST_SHARE = 0.01;
    /** Below it hardly anything is told of a group, and everything is kept in memory. */
    private static final double LEAST_SHARE_LEAST = 0.0005;

    private final Fields fields;
    private final Set<String> known;

    CharacterisationReader(Fields fields, Set<String> known) {
        this.fields = fields;
        this.known = known;
    }

    Optional<Design> design() {
        List<String> cohorts = StudyReader.known("cohorts", fields, known);
        if (cohorts.isEmpty() || cohorts.size() > 2) {
            fields.wrongValue("cohorts", Phrase.FROM_TO.with(1, 2), cohorts.size());
        }
        var entry = fields.choice("entry", Design.Exposure.class, Design.Exposure.FIRST);
        int priorObservation = fields.whole("prior-observation-days", 0, StudyReader.DAYS_MAX, 0);
        var both = fields.choice("persons-in-both", Design.PersonsInBoth.class, Design.PersonsInBoth.REMOVE);
        Optional<FeatureChoice> features = fields.optionalObject("features").flatMap(CharacterisationReader::features);
        fields.noOthers();
        return cohorts.isEmpty() || cohorts.size() > 2
                ? Optional.empty()
                : Optional.of(new Design.Characterisation(cohorts, entry, priorObservation, both, features));
    }

    private static Optional<FeatureChoice> features(Fields fields) {
        List<Domain> domains = new ArrayList<>();
        for (String table : fields.texts("tables")) {
            Optional<Domain> domain = CdmTable.named(table).flatMap(Domain::of).filter(StudyReader::hasRecords);
            if (domain.isEmpty() || domains.contains(domain.get())) {
                fields.wrongValue("tables", Phrase.TABLES_EACH_ONCE, table);
            } else {
                domains.add(domain.get());
            }
        }
        if (!fields.has("tables")) {
            fields.missing("tables");
        }
        List<DayWindow> windows = windows(fields, StudyReader.DAYS_MAX);
        double leastShare = leastShare(fields);
        fields.noOthers();
        return domains.isEmpty() || windows.isEmpty()
                ? Optional.empty()
                : Optional.of(new FeatureChoice(domains, windows, leastShare));
    }

    /**
     * Wrong windows are named and left out, so that what is read is valid.
     *
     * @param last the last day that a window may have
     */
    static List<DayWindow> windows(Fields fields, int last) {
        List<DayWindow> windows = new ArrayList<>();
        List<Fields> each = fields.objects("windows");
        if (each.isEmpty() || each.size() > WINDOWS_MAX) {
            fields.wrongValue("windows", Phrase.FROM_TO.with(1, WINDOWS_MAX), each.size());
        }
        for (Fields window : each) {
            int from = StudyReader.day(window, "from-day");
            int to = StudyReader.day(window, "to-day");
            window.noOthers();
            if (to < from) {
                window.wrongValue("to-day", Phrase.A_DAY_NOT_BEFORE.with(from), String.valueOf(to));
            } else if (to > last) {
                window.wrongValue("to-day", Phrase.A_DAY_NOT_AFTER_THE_START, String.valueOf(to));
            } else if (!windows.isEmpty() && from <= windows.getLast().toDay()) {
                window.wrongValue(
                        "from-day", Phrase.A_DAY_AFTER.with(windows.getLast().toDay()), String.valueOf(from));
            } else {
                windows.add(new DayWindow(from, to));
            }
        }
        return windows;
    }

    private static double leastShare(Fields fields) {
        OptionalDouble share = fields.optionalNumber("least-share");
        if (share.isPresent() && !(share.getAsDouble() >= LEAST_SHARE_LEAST && share.getAsDouble() <= 1)) {
            fields.wrongValue(
                    "least-share", Phrase.FROM_TO.with(LEAST_SHARE_LEAST, 1), String.valueOf(share.getAsDouble()));
            return LEAST_SHARE;
        }
        return share.orElse(LEAST_SHARE);
    }
}
