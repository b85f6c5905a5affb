package org.vauban.identity.linkage;

import java.util.List;

/** Surnames: at birth and in use, alone or double. Any name of one side may be any name of the other. */
final class Surnames extends Comparison {

    private static final String APART = " ";
    private final Values[] columns;
    private final String[][][] words;
    private final String[][] joined;
    private final Remembered[] levels;

    Surnames(List<String[]> columnsOfNames) {
        super(
                true,
                exact("same", 0.80),
                exact("other name", 0.05),
                level("close", 0.08),
                level("part", 0.02),
                level("similar", 0.02),
                level("different", 0.03));
        int count = columnsOfNames.size();
        this.columns = new Values[count];
        this.words = new String[count][][];
        this.joined = new String[count][];
        for (int column = 0; column < count; column++) {
            Values values = Values.of(columnsOfNames.get(column), value -> String.join(APART, Spelling.surname(value)));
            columns[column] = values;
            words[column] = new String[values.distinct() + 1][];
            joined[column] = new String[values.distinct() + 1];
            for (int number = 0; number <= values.distinct(); number++) {
                words[column][number] = values.textOf(number).split(APART, -1);
                joined[column][number] = values.textOf(number).replace(APART, "");
            }
        }
        this.levels = new Remembered[count * count];
        for (int pair = 0; pair < levels.length; pair++) {
            int columnOfOne = pair / count;
            int columnOfOther = pair % count;
            levels[pair] = new Remembered((one, other) -> judge(columnOfOne, one, columnOfOther, other));
        }
    }

    int columns() {
        return columns.length;
    }

    /** The name in a column, in one word; empty when missing. */
    String name(int column, int record) {
        return joined[column][columns[column].number(record)];
    }

    /** The words of the name in a column; one empty word when missing. */
    String[] words(int column, int record) {
        return words[column][columns[column].number(record)];
    }

    @Override
    int compare(int one, int other) {
        int best = size();
        for (int columnOfOne = 0; columnOfOne < columns.length; columnOfOne++) {
            int valueOfOne = columns[columnOfOne].number(one);
            if (valueOfOne == 0) {
                continue;
            }
            for (int columnOfOther = 0; columnOfOther < columns.length; columnOfOther++) {
                int valueOfOther = columns[columnOfOther].number(other);
                if (valueOfOther == 0) {
                    continue;
                }
                int level = columnOfOne == columnOfOther && valueOfOne == valueOfOther
                        ? 1
                        : levels[columnOfOne * columns.length + columnOfOther].ask(valueOfOne, valueOfOther);
                if (columnOfOne != columnOfOther && level == 1) {
                    level = 2;
                }
                best = Math.min(best, level);
            }
        }
        return best == size() ? MISSING : best;
    }

    @Override
    double logCommonness(int record) {
        for (Values column : columns) {
            if (column.number(record) != 0) {
                return column.logCommonness(record);
            }
        }
        return 0;
    }

    private int judge(int columnOfOne, int valueOfOne, int columnOfOther, int valueOfOther) {
        String one = joined[columnOfOne][valueOfOne];
        String other = joined[columnOfOther][valueOfOther];
        if (one.equals(other)) {
            return 1;
        }
        if (Similarity.close(one, other)) {
            return 3;
        }
        for (String part : words[columnOfOne][valueOfOne]) {
            for (String same : words[columnOfOther][valueOfOther]) {
                if (part.length() >= 3 && part.equals(same)) {
                    return 4;
                }
            }
        }
        return Similarity.alike(one, other, 0.82) ? 5 : 6;
    }
}
