package org.vauban.identity.zone;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The identity records of some deposits, in memory, one after another in the order of the deposits. */
final class Identities {

    /** The columns of the table IDENTITY, in the order in which producers write them. */
    enum Column {
        RECORD,
        NIR_INSURED,
        NIR,
        NIR_QUALIFIED,
        BIRTH_NAME,
        USED_NAME,
        GIVEN_NAMES,
        BIRTH_DATE,
        SEX,
        BIRTH_PLACE,
        COMMUNE,
        POSTCODE,
        PHONE,
        LOCAL_ID
    }

    /**
     * A deposit's share of the records.
     *
     * @param from its first record
     * @param to the first record that is not its
     */
    record Share(String deposit, String producer, String kind, int from, int to) {}

    private static final int SEVERAL = 64;

    private final List<List<String>> columns = new ArrayList<>();
    private final List<Share> shares = new ArrayList<>();
    /** Names, days and places come again and again: each text is held once. */
    private final Map<String, String> texts = new HashMap<>();

    Identities() {
        for (int at = 0; at < Column.values().length; at++) {
            columns.add(new ArrayList<>());
        }
    }

    /** @param row the columns in their order */
    void add(String[] row) {
        for (Column column : Column.values()) {
            String text = row[column.ordinal()];
            boolean own = column == Column.RECORD || column == Column.LOCAL_ID || text.length() > SEVERAL;
            columns.get(column.ordinal()).add(own ? text : texts.computeIfAbsent(text, same -> same));
        }
    }

    void endShare(String deposit, String producer, String kind, int from) {
        shares.add(new Share(deposit, producer, kind, from, size()));
    }

    int size() {
        return columns.getFirst().size();
    }

    List<Share> shares() {
        return List.copyOf(shares);
    }

    String value(Column column, int record) {
        return columns.get(column.ordinal()).get(record);
    }

    String[] values(Column column) {
        return columns.get(column.ordinal()).toArray(String[]::new);
    }

    @Override
    public String toString() {
        return "Identities[" + size() + " records]";
    }
}
