package org.vauban.disclosure;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.Problems;

/**
 * One table of counts read from a CSV file: a header, dimension columns and a column of counts. Commas, semicolons or tabs;
 * quotes as in RFC 4180. The file may come from a stranger: its size is bounded, and every complaint has line and column.
 *
 * @param dimensions the names of the dimension columns
 * @param levels the levels of each row
 * @param counts the count of each row
 * @param holders of how many persons of each row its largest data holder knows; 0 where no column says
 * @param magnitudes what is summed in each row; empty for a table of counts alone
 */
record TableFile(
        List<String> dimensions,
        List<List<String>> levels,
        List<Long> counts,
        List<Long> holders,
        List<Magnitude> magnitudes) {
    private static final long BYTES_MAX = 8L << 20;
    private static final int ROWS_MAX = 100_000;
    private static final int DIMENSIONS_MAX = 8;
    /** Far above any number of persons, and far below what sums could overflow. */
    private static final long COUNT_MAX = 100_000_000_000L;

    private static final List<String> COUNT_COLUMNS = List.of("n", "count");
    private static final List<String> LARGEST_COLUMNS = List.of("largest", "second");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}([.][0-9]{1,9})?");
    private static final Pattern PERCENTILE_COLUMN = Pattern.compile("p([1-9][0-9]?)");

    /**
     * What is summed in a row.
     *
     * @param largest the two largest contributions
     * @param percentiles points of the distribution by their percent
     */
    record Magnitude(double sum, List<Double> largest, Map<Integer, Double> percentiles) {
        Magnitude {
            largest = List.copyOf(largest);
            percentiles = Map.copyOf(percentiles);
        }

        @Override
        public String toString() {
            return "Magnitude";
        }
    }

    static TableFile read(Path file, OutputCheck.Options options) {
        return new Reading(file.toString(), text(file)).table(options);
    }

    private static String text(Path file) {
        Problem unreadable = Problem.of(ProblemCode.INPUT_FILE_UNREADABLE).at(Place.file(file.toString()));
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw unreadable
                        .expected(Phrase.AT_MOST_MIB.with(BYTES_MAX >> 20))
                        .found((Files.size(file) >> 20) + " MiB")
                        .exception();
            }
            String text = Files.readString(file);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException absent) {
            throw unreadable
                    .expected(Phrase.A_FILE)
                    .found(Phrase.NOTHING_OF_THAT_NAME)
                    .exception(absent);
        } catch (CharacterCodingException wrong) {
            throw unreadable
                    .expected(Phrase.UTF_8_TEXT)
                    .found(Phrase.OTHER_BYTES)
                    .exception(wrong);
        } catch (IOException failed) {
            throw unreadable
                    .expected(Phrase.A_READABLE_FILE)
                    .found(failed.getClass().getSimpleName())
                    .exception(failed);
        }
    }

    /** A record of the file and the line it begins in. */
    private record Line(int number, List<String> fields) {}

    private static final class Reading {
        private final String file;
        private final String text;
        private final Problems problems = new Problems();

        Reading(String file, String text) {
            this.file = file;
            this.text = text;
        }

        /** Which column is what; whatever is none of these is a dimension. */
        private record Columns(
                int count, int holder, int sum, List<Integer> largest, Map<Integer, Integer> percentiles) {
            boolean isDimension(int column) {
                return column != count
                        && column != holder
                        && column != sum
                        && !largest.contains(column)
                        && !percentiles.containsKey(column);
            }
        }

        private Columns columns(List<String> header, OutputCheck.Options options) {
            int count = column(header, options.countColumn().map(List::of).orElse(COUNT_COLUMNS));
            int holder = options.holderColumn()
                    .map(name -> column(header, List.of(name)))
                    .orElse(-1);
            if (options.sumColumn().isEmpty()) {
                return new Columns(count, holder, -1, List.of(), Map.of());
            }
            Map<Integer, Integer> percentiles = new TreeMap<>();
            for (int column = 0; column < header.size(); column++) {
                Matcher percent = PERCENTILE_COLUMN.matcher(header.get(column));
                if (percent.matches()) {
                    percentiles.put(column, Integer.valueOf(percent.group(1)));
                }
            }
            return new Columns(
                    count,
                    holder,
                    column(header, List.of(options.sumColumn().get())),
                    LARGEST_COLUMNS.stream()
                            .map(name -> column(header, List.of(name)))
                            .toList(),
                    percentiles);
        }

        TableFile table(OutputCheck.Options options) {
            List<Line> lines = lines();
            if (lines.isEmpty()) {
                throw problem(ProblemCode.INPUT_FILE_CUT, 1, 1, Phrase.A_HEADER_AND_ROWS, Phrase.AN_EMPTY_FILE)
                        .exception();
            }
            List<String> header = lines.getFirst().fields();
            eachColumnOnce(header);
            Columns columns = columns(header, options);
            int count = columns.count();
            List<String> dimensions = dimensions(header, columns);
            if (dimensions.isEmpty() || dimensions.size() > DIMENSIONS_MAX) {
                throw problem(
                                ProblemCode.INPUT_COLUMN_MISSING,
                                1,
                                1,
                                Phrase.DIMENSIONS_BESIDE.with(DIMENSIONS_MAX, header.get(count)),
                                Phrase.DIMENSIONS.with(dimensions.size()))
                        .exception();
            }
            if (lines.size() == 1) {
                throw problem(
                                ProblemCode.INPUT_FILE_CUT,
                                2,
                                1,
                                Phrase.ROWS_BELOW_THE_HEADER,
                                Phrase.THE_END_OF_THE_FILE)
                        .exception();
            }
            List<List<String>> levels = new ArrayList<>();
            List<Long> counts = new ArrayList<>();
            List<Long> holders = new ArrayList<>();
            List<Magnitude> magnitudes = new ArrayList<>();
            Map<List<String>, Integer> seen = new HashMap<>();
            for (Line line : lines.subList(1, lines.size())) {
                if (line.fields().size() == header.size()) {
                    List<String> row = dimensions(line.fields(), columns);
                    long persons = count(line, count, COUNT_MAX, Phrase.PERSONS_UP_TO.with(COUNT_MAX));
                    counts.add(persons);
                    holders.add(
                            columns.holder() < 0
                                    ? 0
                                    : count(line, columns.holder(), persons, Phrase.NO_MORE_THAN_THE_ROW));
                    if (columns.sum() >= 0) {
                        magnitudes.add(magnitude(line, columns, persons));
                    }
                    levelsPresent(line, columns);
                    // "Total" and "total" are one total, and a table says each thing once.
                    Integer before = seen.putIfAbsent(
                            row.stream()
                                    .map(level -> CountTable.isTotal(level) ? "Total" : level)
                                    .toList(),
                            line.number());
                    if (before != null) {
                        problems.add(problem(
                                ProblemCode.INPUT_ROW_WRONG,
                                line.number(),
                                1,
                                Phrase.EACH_COMBINATION_ONCE,
                                Phrase.THE_COMBINATION_AGAIN.with(before)));
                    }
                    levels.add(List.copyOf(row));
                } else {
                    boolean cut = line.number() == lines.getLast().number()
                            && line.fields().size() < header.size();
                    problems.add(problem(
                            cut ? ProblemCode.INPUT_FILE_CUT : ProblemCode.INPUT_ROW_WRONG,
                            line.number(),
                            Math.min(line.fields().size(), header.size()) + (cut ? 0 : 1),
                            Phrase.FIELDS.with(header.size()),
                            Phrase.FIELDS.with(line.fields().size())));
                }
            }
            problems.throwIfAny();
            return new TableFile(
                    List.copyOf(dimensions),
                    List.copyOf(levels),
                    List.copyOf(counts),
                    List.copyOf(holders),
                    List.copyOf(magnitudes));
        }

        private static List<String> dimensions(List<String> fields, Columns columns) {
            List<String> dimensions = new ArrayList<>();
            for (int column = 0; column < fields.size(); column++) {
                if (columns.isDimension(column)) {
                    dimensions.add(fields.get(column));
                }
            }
            return dimensions;
        }

        private Magnitude magnitude(Line line, Columns columns, long persons) {
            List<Double> largest = new ArrayList<>();
            for (int place = 0; place < columns.largest().size(); place++) {
                int column = columns.largest().get(place);
                double most = place == 0 ? Double.MAX_VALUE : largest.get(place - 1);
                largest.add(
                        persons <= place && line.fields().get(column).isEmpty() ? 0 : number(line, column, 0, most));
            }
            Map<Integer, Double> percentiles = new TreeMap<>();
            columns.percentiles().forEach((column, percent) -> {
                if (!line.fields().get(column).isEmpty()) {
                    percentiles.put(percent, number(line, column, -Double.MAX_VALUE, Double.MAX_VALUE));
                }
            });
            return new Magnitude(
                    number(
                            line,
                            columns.sum(),
                            persons == 0 ? 0 : -Double.MAX_VALUE,
                            persons == 0 ? 0 : Double.MAX_VALUE),
                    largest,
                    percentiles);
        }

        private double number(Line line, int column, double least, double most) {
            String field = line.fields().get(column);
            if (NUMBER.matcher(field).matches()) {
                double number = Double.parseDouble(field);
                if (number >= least && number <= most) {
                    return number;
                }
            }
            Phrase expected = least == 0 && most == 0
                    ? Phrase.NOTHING_OF_NOBODY
                    : most < Double.MAX_VALUE ? Phrase.THE_LARGEST_FIRST : Phrase.A_DECIMAL_NUMBER;
            problems.add(problem(ProblemCode.INPUT_VALUE_WRONG_TYPE, line.number(), column + 1, expected, shape(field))
                    .with("column", column + 1));
            return 0;
        }

        private void eachColumnOnce(List<String> header) {
            if (new HashSet<>(header).size() < header.size()) {
                throw problem(ProblemCode.INPUT_ROW_WRONG, 1, 1, Phrase.EACH_COLUMN_ONCE, Phrase.A_COLUMN_NAME_TWICE)
                        .exception();
            }
        }

        private int column(List<String> header, List<String> wanted) {
            return wanted.stream()
                    .mapToInt(header::indexOf)
                    .filter(index -> index >= 0)
                    .findFirst()
                    .orElseThrow(() -> problem(
                                    ProblemCode.INPUT_COLUMN_MISSING,
                                    1,
                                    1,
                                    String.join(" or ", wanted),
                                    String.join(", ", header))
                            .exception());
        }

        private void levelsPresent(Line line, Columns columns) {
            for (int field = 0; field < line.fields().size(); field++) {
                if (columns.isDimension(field) && line.fields().get(field).isEmpty()) {
                    problems.add(problem(
                            ProblemCode.INPUT_ROW_WRONG,
                            line.number(),
                            field + 1,
                            Phrase.A_LEVEL,
                            Phrase.AN_EMPTY_FIELD));
                }
            }
        }

        private long count(Line line, int column, long most, Object expected) {
            String field = line.fields().get(column);
            if (field.length() <= 12 && !field.isEmpty() && field.chars().allMatch(c -> c >= '0' && c <= '9')) {
                long count = Long.parseLong(field);
                if (count <= most) {
                    return count;
                }
            }
            problems.add(problem(ProblemCode.INPUT_VALUE_WRONG_TYPE, line.number(), column + 1, expected, shape(field))
                    .with("column", column + 1));
            return 0;
        }

        /** Says what a field looks like without saying what is in it. */
        private static Object shape(String field) {
            if (field.isEmpty()) {
                return Phrase.NOTHING;
            } else if (field.matches("-[0-9]+")) {
                return Phrase.A_NEGATIVE_NUMBER;
            } else if (field.matches("[0-9]+")) {
                return Phrase.A_LARGER_NUMBER;
            } else if (field.matches("-?[0-9]*[.,][0-9]+")) {
                return Phrase.A_NUMBER_WITH_DECIMALS;
            }
            return Phrase.TEXT_OF.with(field.length());
        }

        private List<Line> lines() {
            List<Line> lines = new ArrayList<>();
            List<String> fields = new ArrayList<>();
            var field = new StringBuilder();
            char delimiter = delimiter();
            int line = 1;
            int column = 1;
            int firstLine = 1;
            int quoteLine = 0;
            int quoteColumn = 0;
            boolean quoted = false;
            boolean wasQuoted = false;
            for (int at = 0; at < text.length(); at++, column++) {
                char character = text.charAt(at);
                if (quoted) {
                    if (character == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
                        field.append('"');
                        at++;
                        column++;
                    } else if (character == '"') {
                        quoted = false;
                        wasQuoted = true;
                    } else {
                        field.append(character);
                    }
                } else if (character == '"' && field.isEmpty() && !wasQuoted) {
                    quoted = true;
                    quoteLine = line;
                    quoteColumn = column;
                } else if (character == delimiter) {
                    fields.add(end(field, wasQuoted));
                    wasQuoted = false;
                } else if (character == '\n' || character == '\r') {
                    if (character == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                        at++;
                    }
                    if (!fields.isEmpty() || !field.isEmpty() || wasQuoted) {
                        fields.add(end(field, wasQuoted));
                        lines.add(new Line(firstLine, List.copyOf(fields)));
                        fields.clear();
                        wasQuoted = false;
                        if (lines.size() > ROWS_MAX) {
                            throw problem(
                                            ProblemCode.INPUT_FILE_UNREADABLE,
                                            line,
                                            1,
                                            Phrase.ROWS_AT_MOST.with(ROWS_MAX),
                                            Phrase.MORE_LEVELS)
                                    .exception();
                        }
                    }
                } else if (wasQuoted && character != ' ') {
                    throw problem(
                                    ProblemCode.INPUT_ROW_WRONG,
                                    line,
                                    column,
                                    Phrase.THE_END_OF_THE_FIELD,
                                    Phrase.MORE_TEXT)
                            .exception();
                } else if (!wasQuoted) {
                    field.append(character);
                }
                if (character == '\n' || character == '\r') {
                    line++;
                    column = 0;
                    if (!quoted) {
                        firstLine = line;
                    }
                }
            }
            if (quoted) {
                throw problem(
                                ProblemCode.INPUT_FILE_CUT,
                                quoteLine,
                                quoteColumn,
                                Phrase.A_CLOSING_QUOTE,
                                Phrase.THE_END_OF_THE_FILE)
                        .exception();
            }
            if (!fields.isEmpty() || !field.isEmpty() || wasQuoted) {
                fields.add(end(field, wasQuoted));
                lines.add(new Line(firstLine, List.copyOf(fields)));
            }
            return lines;
        }

        private static String end(StringBuilder field, boolean wasQuoted) {
            String value = wasQuoted ? field.toString() : field.toString().strip();
            field.setLength(0);
            return value;
        }

        /** The one of comma, semicolon and tab that the header has most of. */
        private char delimiter() {
            int end = text.indexOf('\n');
            String header = end < 0 ? text : text.substring(0, end);
            char best = ',';
            long most = -1;
            for (char candidate : new char[] {',', ';', '\t'}) {
                long times = header.chars().filter(c -> c == candidate).count();
                if (times > most) {
                    best = candidate;
                    most = times;
                }
            }
            return best;
        }

        private Problem problem(ProblemCode code, int line, int column, Object expected, Object found) {
            return Problem.of(code).expected(expected).found(found).at(Place.line(file, line, column));
        }
    }
}
