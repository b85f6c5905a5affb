package org.vauban.procedure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.vauban.document.Documents;
import org.vauban.document.Fields;
import org.vauban.document.Node;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problems;

/** Reads procedures. Those that Vauban knows of come with it, each in a file of its own; {@code docs/formats/procedure.md}. */
public final class Procedures {
    /** The procedure of a request that names none: the hub's own committee. */
    public static final String COMMITTEE = "committee";

    private static final List<String> SHIPPED = List.of(
            COMMITTEE,
            "snds-standard",
            "snds-sample",
            "mr-001",
            "mr-002",
            "mr-003",
            "mr-004",
            "mr-005",
            "mr-006",
            "mr-007",
            "mr-008",
            "ehds-permit",
            "ehds-permit-accelerated",
            "ehds-request");

    private static final int TERM_MAX = 1_000;
    private static final int TIMES_MAX = 10;

    private Procedures() {}

    /** All that come with Vauban, those not in force included. */
    public static List<Procedure> shipped() {
        return SHIPPED.stream().map(Procedures::resource).toList();
    }

    /** One that comes with Vauban, by its name. */
    public static Optional<Procedure> named(String name) {
        return SHIPPED.contains(name) ? Optional.of(resource(name)) : Optional.empty();
    }

    /** Reads a file; all mistakes are reported together, with line and column. */
    public static Procedure read(Path file) {
        return parse(Documents.read(file));
    }

    private static Procedure resource(String name) {
        String file = name + ".yaml";
        try (InputStream text = Objects.requireNonNull(Procedures.class.getResourceAsStream(file), file)) {
            return parse(Documents.yaml(file, new String(text.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }

    private static Procedure parse(Node document) {
        var problems = new Problems();
        Fields fields = Fields.of(document, problems);
        var procedure = new Procedure(
                fields.text("procedure"),
                fields.whole("version", 1, TERM_MAX, 1),
                label(fields.object("name")),
                fields.text("source"),
                fields.optionalDate("from"),
                fields.optionalDate("to"),
                Set.copyOf(fields.texts("excludes")),
                fields.texts("pieces"),
                steps(fields),
                term(fields, "duration"),
                fields.whole("renewals", 0, TIMES_MAX, 0),
                term(fields, "renewal-notice"),
                term(fields, "answer"),
                term(fields, "appeal"),
                fields.truth("overrides-objections", false));
        fields.noOthers();
        problems.throwIfAny();
        return procedure;
    }

    private static List<Step> steps(Fields fields) {
        List<Step> steps = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Fields each : fields.objects("steps")) {
            var step = new Step(
                    each.text("step"),
                    label(each.object("name")),
                    label(each.object("body")),
                    each.choice("kind", Step.Kind.class, null),
                    term(each, "term"),
                    term(each, "extension"),
                    each.choice("silence", Step.Silence.class, Step.Silence.NONE));
            if (!names.add(step.name())) {
                each.wrongValue("step", Phrase.A_NAME_OF_ITS_OWN, step.name());
            }
            each.noOthers();
            steps.add(step);
        }
        return steps;
    }

    private static Label label(Fields fields) {
        var label = new Label(fields.text("fr"), fields.text("en"));
        fields.noOthers();
        return label;
    }

    /** A term such as {@code 7 working-days}. */
    private static Optional<Term> term(Fields fields, String name) {
        return fields.optionalText(name).flatMap(text -> {
            String[] words = text.split(" ", 2);
            for (Term.Unit unit : Term.Unit.values()) {
                if (words.length == 2 && words[1].equals(Fields.word(unit)) && words[0].matches("[1-9][0-9]{0,2}")) {
                    return Optional.of(new Term(Integer.parseInt(words[0]), unit));
                }
            }
            fields.wrongValue(name, "7 working-days, 28 days, 3 months", text.toLowerCase(Locale.ROOT));
            return Optional.empty();
        });
    }
}
