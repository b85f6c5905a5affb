package org.vauban.ingest;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.vauban.duck.ColumnSql;
import org.vauban.duck.DuckSession;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;

/** Tables in memory that rows are put into, under the names and types of the model. */
final class Staging {
    /** The row's id in the source, of which ranks are made; never written to an edition. */
    static final String SOURCE_ID = "source_id";

    static final String BUCKET = Sealer.BUCKET;

    private Staging() {}

    static void create(DuckSession session, CdmTable table, List<CdmColumn> columns) {
        session.execute("CREATE OR REPLACE TABLE " + DuckSession.quoted(table.tableName()) + " ("
                + columns.stream()
                        .map(column -> DuckSession.quoted(column.name()) + ' ' + ColumnSql.type(column))
                        .collect(Collectors.joining(", "))
                + ", " + SOURCE_ID + " BIGINT, " + BUCKET + " INTEGER)");
    }

    /** Fills a staged table; each step of a row is checked by the engine. */
    static final class Rows implements AutoCloseable {
        private final DuckDBAppender appender;

        Rows(DuckSession session, CdmTable table) {
            this.appender = session.appender(table.tableName());
        }

        void begin() {
            run(appender::beginRow);
        }

        void number(long value) {
            run(() -> appender.append(value));
        }

        void smallNumber(int value) {
            run(() -> appender.append(value));
        }

        void nothing() {
            run(appender::appendNull);
        }

        /** The last value that the parser understood. */
        void value(FieldParser parser, String text) {
            run(() -> {
                switch (parser.column().type()) {
                    case INTEGER -> {
                        if (ColumnSql.isIdentifier(parser.column().role())) {
                            appender.append(parser.number);
                        } else {
                            appender.append((int) parser.number);
                        }
                    }
                    case NUMBER -> appender.append(parser.decimal);
                    case DATE -> appender.appendEpochDays((int) parser.number);
                    case DATETIME -> appender.appendEpochMicros(parser.number);
                    case TEXT -> appender.append(text);
                }
            });
        }

        void end(long sourceId, int bucket) {
            run(() -> {
                appender.append(sourceId);
                appender.append(bucket);
                appender.endRow();
            });
        }

        @Override
        public void close() {
            run(appender::close);
        }

        @FunctionalInterface
        private interface Step {
            void run() throws SQLException;
        }

        private static void run(Step step) {
            try {
                step.run();
            } catch (SQLException refused) {
                throw DuckSession.failure(refused);
            }
        }
    }
}
