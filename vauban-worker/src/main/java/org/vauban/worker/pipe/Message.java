package org.vauban.worker.pipe;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One frame's content. The hub sends tables with their rows and then one statement; the worker first tells its walls, later the answer. */
public sealed interface Message {
    /** A table follows; its rows come after it. */
    record Table(String name, List<Column> columns) implements Message {
        public Table {
            columns = List.copyOf(columns);
        }

        /** A column of a table. */
        public record Column(String name, ColumnType type) {}
    }

    /** Some rows of the table that was named last: as many values for each of its columns. */
    record Rows(List<Values> columns) implements Message {
        public Rows {
            columns = List.copyOf(columns);
            if (columns.stream().mapToInt(Values::size).distinct().count() > 1) {
                throw new IllegalArgumentException("The columns of some rows are of one length");
            }
        }

        public int size() {
            return columns.isEmpty() ? 0 : columns.getFirst().size();
        }

        @Override
        public String toString() {
            return "Rows[" + size() + "]";
        }
    }

    /**
     * Everything is here: run this.
     *
     * @param rowsMax so many rows are answered
     * @param bytesMax about so many bytes are answered
     */
    record Statement(String sql, int rowsMax, long bytesMax) implements Message {
        public Statement {
            if (rowsMax < 1 || bytesMax < 1) {
                throw new IllegalArgumentException("An answer has room for a row and a byte");
            }
        }
    }

    /** The worker is confined and waits; which walls held when it tried them. */
    record Ready(Map<Guard, Boolean> guards) implements Message {
        public Ready {
            guards = Map.copyOf(guards);
        }

        public boolean holds(Guard guard) {
            return guards.getOrDefault(guard, false);
        }
    }

    /** The answer's columns. */
    record Header(List<Column> columns) implements Message {
        public Header {
            columns = List.copyOf(columns);
        }

        /** A column of an answer, its type as the engine writes it. */
        public record Column(String name, String type) {}
    }

    /** Some rows of the answer, each with a text or nothing for every column. */
    record Lines(List<List<@Nullable String>> lines) implements Message {
        @Override
        public String toString() {
            return "Lines[" + lines.size() + "]";
        }
    }

    /** The answer's end. */
    record End(Cut cut) implements Message {}

    /**
     * There is no answer. The engine's own words stay behind: they quote values.
     *
     * @param position the character of the statement at which the engine stopped, from 0; −1 when it does not say
     */
    record Failed(Failure failure, int position) implements Message {}
}
