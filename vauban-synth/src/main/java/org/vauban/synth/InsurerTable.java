package org.vauban.synth;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** One table of the insurer being written: semicolons, a header, and as many values in each row as columns. */
final class InsurerTable implements Closeable {
    private final String name;
    private final int columns;
    private final Gzipped file;
    private int fields;
    private long rows;

    /** Begins the file {@code name.csv.gz}. */
    InsurerTable(Path folder, String name, String header, Compression compression) throws IOException {
        this.name = name;
        this.columns =
                (int) header.chars().filter(character -> character == ';').count() + 1;
        this.file = new Gzipped(folder.resolve(name + ".csv.gz"), compression);
        file.ascii(header).one('\n');
    }

    String name() {
        return name;
    }

    /** Rows ended so far. */
    long rows() {
        return rows;
    }

    InsurerTable ascii(String value) throws IOException {
        separate();
        file.ascii(value);
        return this;
    }

    InsurerTable text(String value) throws IOException {
        separate();
        file.text(value);
        return this;
    }

    InsurerTable number(long value) throws IOException {
        separate();
        file.number(value);
        return this;
    }

    InsurerTable date(int day) throws IOException {
        separate();
        file.date(day);
        return this;
    }

    /** The month of a day as in 201602. */
    InsurerTable month(int day) throws IOException {
        return number(Days.year(day) * 100L + Days.month(day));
    }

    InsurerTable cents(int value) throws IOException {
        separate();
        file.cents(value);
        return this;
    }

    InsurerTable empty() throws IOException {
        separate();
        return this;
    }

    /** Several values that were put together before, with the semicolons between them. */
    InsurerTable together(byte[] values, int length, int count) throws IOException {
        separate();
        file.bytes(values, length);
        fields += count - 1;
        return this;
    }

    /** Ends the row and gives its number, from 1 behind the header. */
    long end() throws IOException {
        if (fields != columns) {
            throw new IllegalStateException(
                    name + " has " + columns + " columns, but a row was given " + fields + " values");
        }
        file.one('\n');
        fields = 0;
        return ++rows;
    }

    private void separate() throws IOException {
        if (fields > 0) {
            file.one(';');
        }
        fields++;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
