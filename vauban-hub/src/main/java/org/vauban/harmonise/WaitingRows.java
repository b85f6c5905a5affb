package org.vauban.harmonise;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.vauban.duck.DuckSession;
import org.vauban.duck.MemoryFile;
import org.vauban.vault.Plaintext;
import org.vauban.vault.Spill;

/**
 * Where rows wait until their step begins. In one pass they wait in the session's tables. In several they are spread, by person or by
 * the digest of their claim or stay, into as many slots as there are passes, and wait sealed on disk; whoever takes a slot finds its
 * rows in the same tables.
 *
 * <p>Rows are gathered in memory before they are spread: what a piece on disk costs does not depend on its rows, and without gathering
 * there would be parts times passes of them, which grows with the square of the persons.
 */
final class WaitingRows implements AutoCloseable {
    /** What a value of a gathered row takes in memory at most, long words aside. */
    private static final long BYTES_OF_VALUE = 16;

    /** Each of the two sessions that read side by side gathers at most this share of the memory. */
    private static final int SHARE = 8;

    private final Passes passes;
    private final Supplier<Spill> opening;
    private final long room;
    private final Map<Flow, Map<Integer, List<Spill.Piece>>> pieces = new EnumMap<>(Flow.class);
    private final Map<Flow, Gathered> gathered = new EnumMap<>(Flow.class);
    private List<Spill> spill = List.of();

    /** Rows of a flow that are not on disk yet. */
    private record Gathered(DuckSession by, long bytes) {}

    /**
     * Takes nothing yet.
     *
     * @param memory what the session may take, in bytes
     * @param opening opens a place on disk; not asked when there is one pass
     */
    WaitingRows(Passes passes, long memory, Supplier<Spill> opening) {
        this.passes = passes;
        this.room = memory / SHARE;
        this.opening = opening;
    }

    Passes passes() {
        return passes;
    }

    /** Makes every table, empty. */
    void begin(DuckSession session) {
        for (Flow flow : Flow.values()) {
            session.execute(flow.createSql(flow.table()));
        }
        session.execute("CREATE TABLE turn (person BIGINT, pass INTEGER)");
        if (!passes.isOne()) {
            spill = List.of(opening.get());
        }
    }

    /**
     * Takes rows in.
     *
     * @param session nobody else's meanwhile, and so is the scratch file
     * @param rows a query whose columns are those of the flow, in their order
     */
    void add(DuckSession session, MemoryFile scratch, Flow flow, String rows) {
        if (passes.isOne()) {
            session.execute("INSERT INTO " + flow.table() + ' ' + rows);
        } else {
            spread(session, scratch, flow, rows);
        }
    }

    /** The table that a reader fills by itself: that of the flow if rows may stay there. */
    String entrance(Flow flow) {
        return passes.isOne() ? flow.table() : flow.table() + "_read";
    }

    /** Makes the entrance, if it is not the flow's own table. */
    void open(DuckSession session, Flow flow) {
        if (!passes.isOne()) {
            session.execute(flow.createSql(entrance(flow)));
        }
    }

    /** Takes in what lies in the entrance. */
    void sendOn(DuckSession session, MemoryFile scratch, Flow flow) {
        if (!passes.isOne()) {
            spread(session, scratch, flow, "SELECT * FROM " + entrance(flow));
            session.execute("DROP TABLE " + entrance(flow));
        }
    }

    private void spread(DuckSession session, MemoryFile scratch, Flow flow, String rows) {
        String gathering = gathering(flow);
        if (gathered(flow).isEmpty()) {
            session.execute(flow.createSql(gathering));
            session.execute("ALTER TABLE " + gathering + " ADD COLUMN slot INTEGER");
        }
        session.execute("INSERT INTO " + gathering + ' '
                + (flow.isByPerson()
                        ? "SELECT s.*, coalesce(t.pass, 0) FROM (" + rows
                                + ") s LEFT JOIN turn t ON t.person = s.person"
                        : "SELECT s.*, CAST(hash(s." + flow.key() + ") % " + passes.count() + " AS INTEGER) FROM ("
                                + rows + ") s"));
        long bytes = session.number("SELECT count(*) FROM " + gathering) * flow.width() * BYTES_OF_VALUE;
        synchronized (gathered) {
            gathered.put(flow, new Gathered(session, bytes));
        }
        for (Optional<Flow> most = tooMuch(session); most.isPresent(); most = tooMuch(session)) {
            writeOut(session, scratch, most.get());
        }
    }

    private static String gathering(Flow flow) {
        return "gathering_" + flow.table();
    }

    private Optional<Gathered> gathered(Flow flow) {
        synchronized (gathered) {
            return Optional.ofNullable(gathered.get(flow));
        }
    }

    /** The flow that a session gathered most of, if all that it gathered is more than there is room for. */
    private Optional<Flow> tooMuch(DuckSession session) {
        synchronized (gathered) {
            List<Map.Entry<Flow, Gathered>> own = gathered.entrySet().stream()
                    .filter(rows -> rows.getValue().by() == session)
                    .toList();
            long all = own.stream().mapToLong(rows -> rows.getValue().bytes()).sum();
            return all <= room
                    ? Optional.empty()
                    : own.stream()
                            .max(Comparator.comparingLong(
                                    rows -> rows.getValue().bytes()))
                            .map(Map.Entry::getKey);
        }
    }

    private void writeOut(DuckSession session, MemoryFile scratch, Flow flow) {
        String gathering = gathering(flow);
        List<Integer> slots = new ArrayList<>();
        session.rows("SELECT DISTINCT slot FROM " + gathering + " ORDER BY slot", row -> slots.add(row.getInt(1)));
        for (int slot : slots) {
            session.execute("COPY (SELECT * EXCLUDE (slot) FROM " + gathering + " WHERE slot = " + slot + ") TO "
                    + DuckSession.literal(scratch.path()) + " (FORMAT parquet, USE_TMP_FILE false)");
            Spill.Piece piece = spill.getFirst().put(new Content(scratch));
            synchronized (pieces) {
                pieces.computeIfAbsent(flow, _ -> new TreeMap<>())
                        .computeIfAbsent(slot, _ -> new ArrayList<>())
                        .add(piece);
            }
        }
        session.execute("DROP TABLE " + gathering);
        synchronized (gathered) {
            gathered.remove(flow);
        }
    }

    /** Makes the rows of a slot the content of their table. */
    void take(DuckSession session, MemoryFile scratch, Flow flow, int slot) {
        if (passes.isOne()) {
            return;
        }
        if (gathered(flow).isPresent()) {
            writeOut(session, scratch, flow);
        }
        session.execute(flow.createSql(flow.table()));
        for (Spill.Piece piece : pieces.getOrDefault(flow, Map.of()).getOrDefault(slot, List.of())) {
            scratch.clear();
            try (OutputStream out = scratch.outputStream()) {
                spill.getFirst().take(piece, out);
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
            session.execute("INSERT INTO " + flow.table() + " SELECT * FROM read_parquet("
                    + DuckSession.literal(scratch.path()) + ")");
        }
        scratch.clear();
    }

    /** Gives back the memory of a slot's rows. */
    void drop(DuckSession session, Flow flow) {
        session.execute("DROP TABLE " + flow.table());
    }

    /** What a memory file holds, to be sealed. */
    private record Content(MemoryFile file) implements Plaintext {
        @Override
        public long size() {
            return file.size();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            file.writeTo(out);
        }

        @Override
        public void close() {
            file.clear();
        }
    }

    @Override
    public void close() {
        spill.forEach(Spill::close);
    }
}
