package org.vauban.app.page.office;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.MultiValueMap;
import org.vauban.document.Documents;
import org.vauban.document.Node;
import org.vauban.omop.CdmColumn;
import org.vauban.permit.Extent;
import org.vauban.permit.PermitTerms;
import org.vauban.procedure.Procedure;
import org.vauban.trajectory.Period;
import tools.jackson.databind.json.JsonMapper;

/** An application that is filled in as a form: the document that PERMIT.yaml is, made of its fields. What is wrong with it, the hub says. */
final class ApplicationForm {
    /** The field of a column that is asked for; there are as many of them as columns. */
    static final String COLUMNS = "columns";

    private static final String PIECE = "piece-";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ApplicationForm() {}

    /** The document that a filled-in form stands for. */
    static Node document(Procedure procedure, String edition, MultiValueMap<String, String> fields) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("title", both("title", fields));
        document.put("summary", both("summary", fields));
        for (String name : List.of("organisation", "purpose", "applicant", "end")) {
            text(name, fields).ifPresent(value -> document.put(name, value));
        }
        document.put("procedure", procedure.name());
        document.put("persons", words(text("persons", fields).orElse("")));
        document.put("editions", List.of(edition));
        document.put("tables", tables(fields.getOrDefault(COLUMNS, List.of())));
        Map<String, String> period = some(Map.of("from", "from", "to", "to"), fields);
        if (!period.isEmpty()) {
            document.put("period", period);
        }
        if (text("explore", fields).isPresent()) {
            document.put("explore", true);
        }
        Map<String, String> pieces = some(
                procedure.pieces().stream().collect(Collectors.toMap(piece -> piece, piece -> PIECE + piece)), fields);
        if (!pieces.isEmpty()) {
            document.put("pieces", pieces);
        }
        return Documents.json(Mistakes.FORM, JSON.writeValueAsString(document));
    }

    private static Map<String, String> both(String name, MultiValueMap<String, String> fields) {
        return some(Map.of("fr", name + "-fr", "en", name + "-en"), fields);
    }

    /** Those of the named fields that say something, under their names in the document. */
    private static Map<String, String> some(Map<String, String> names, MultiValueMap<String, String> fields) {
        Map<String, String> some = new TreeMap<>();
        names.forEach((name, field) -> text(field, fields).ifPresent(value -> some.put(name, value)));
        return some;
    }

    private static Optional<String> text(String name, MultiValueMap<String, String> fields) {
        return Optional.ofNullable(fields.getFirst(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static List<String> words(String text) {
        return Stream.of(text.split("[\\s,;]+")).filter(word -> !word.isEmpty()).toList();
    }

    private static Map<String, List<String>> tables(List<String> columns) {
        Map<String, List<String>> tables = new TreeMap<>();
        for (String column : columns) {
            String[] parts = column.split("\\.", 2);
            tables.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(parts.length == 2 ? parts[1] : "");
        }
        return tables;
    }

    /** What stood in the fields of a form that was sent. */
    static Map<String, String> values(MultiValueMap<String, String> fields) {
        Map<String, String> values = new TreeMap<>();
        fields.forEach((name, all) -> values.put(name, all.isEmpty() ? "" : all.getFirst()));
        return values;
    }

    /** The fields of a form that asks for what a permit says already. */
    static Map<String, String> values(PermitTerms terms) {
        Map<String, String> values = new TreeMap<>();
        values.put("title-fr", terms.presentation().title().french());
        values.put("title-en", terms.presentation().title().english());
        values.put("summary-fr", terms.presentation().summary().french());
        values.put("summary-en", terms.presentation().summary().english());
        values.put("organisation", terms.presentation().organisation());
        values.put("purpose", terms.purpose().word());
        values.put("applicant", terms.dossier().applicant().word());
        values.put("persons", String.join("\n", terms.persons()));
        values.put("end", terms.end().toString());
        if (!terms.extent().period().equals(Period.ALWAYS)) {
            values.put("from", terms.extent().period().from().toString());
            values.put("to", terms.extent().period().to().toString());
        }
        if (terms.explores()) {
            values.put("explore", "true");
        }
        terms.dossier().pieces().forEach((piece, reference) -> values.put(PIECE + piece, reference));
        return values;
    }

    /** True when the form has a field for everything that these terms say. */
    static boolean canSay(PermitTerms terms) {
        Extent extent = terms.extent();
        return extent.editions().size() == 1
                && extent.population().isEmpty()
                && extent.concepts().isEmpty()
                && extent.justified().isEmpty()
                && terms.threshold().isEmpty();
    }

    static List<String> columns(PermitTerms terms) {
        return terms.extent().asked().stream().map(CdmColumn::qualifiedName).toList();
    }
}
