package org.vauban.deposit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vauban.deposit.identifier.Reading;

/** The tables of the national health data system, as {@code snds-columns.txt} and {@code snds-tables.txt} describe them. */
final class SndsRules implements TableRules {
    /** The nomenclature of medicines: names of products and makers, about no person. */
    private static final String NOMENCLATURE = "IR_PHA_R";

    private record ColumnRule(Pattern column, Treatment treatment) {}

    private record TableRule(Pattern table, List<List<String>> required) {}

    private final List<ColumnRule> columns = new ArrayList<>();
    private final List<TableRule> tables = new ArrayList<>();

    SndsRules() {
        for (String line : TableRules.lines("snds-columns.txt")) {
            String[] words = line.split("\\s+");
            boolean isToken = words[0].equals("token");
            Treatment treatment = switch (words[0]) {
                case "token" -> new Treatment.Token(RecordNumbers.Type.of(words[1]));
                case "blank" -> new Treatment.Blank();
                case "number" -> new Treatment.Kept(Reading.NUMBER);
                case "code" -> new Treatment.Kept(Reading.CODE);
                default -> throw new IllegalStateException("snds-columns.txt: " + words[0]);
            };
            Arrays.stream(words)
                    .skip(isToken ? 2 : 1)
                    .forEach(column -> columns.add(new ColumnRule(glob(column), treatment)));
        }
        for (String line : TableRules.lines("snds-tables.txt")) {
            String[] words = line.split("\\s+");
            tables.add(new TableRule(
                    glob(words[0]),
                    Arrays.stream(words)
                            .skip(1)
                            .map(word -> List.of(word.split("\\|")))
                            .toList()));
        }
    }

    private static Pattern glob(String words) {
        return Pattern.compile(words.replace("*", "[A-Z0-9_]*").replace("?", "."));
    }

    @Override
    public Treatment treatment(String table, String column) {
        Stream<Treatment> listed = columns.stream()
                .filter(rule -> rule.column().matcher(column).matches())
                .map(ColumnRule::treatment);
        Reading unlisted = table.equals(NOMENCLATURE) ? Reading.TERM : Reading.TEXT;
        return listed.findFirst().orElse(new Treatment.Kept(unlisted));
    }

    @Override
    public List<List<String>> required(String table) {
        return tables.stream()
                .filter(rule -> rule.table().matcher(table).matches())
                .findFirst()
                .map(TableRule::required)
                .orElse(List.of());
    }

    @Override
    public String canonical(String column) {
        return column.toUpperCase(Locale.ROOT);
    }
}
