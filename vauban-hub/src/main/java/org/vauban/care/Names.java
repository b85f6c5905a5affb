package org.vauban.care;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.vauban.control.ControlPlane;

/** What the control plane says must be there. */
final class Names {
    private static final String OF_OBJECTS = """
            select body from journal_entry union select body from account union select body from permit
            union select body from review union select body from producer
            """;

    private Names() {}

    /** The objects that rows name. Those of editions are named in sealed manifests, and are looked for by their files and in the copy. */
    static Set<String> ofObjects(ControlPlane control) {
        List<String> names =
                control.read(sql -> sql.sql(OF_OBJECTS).query(String.class).list());
        return new TreeSet<>(names);
    }

    /** The signed stub of each edition, in base 64. */
    static Map<String, String> stubs(ControlPlane control) {
        record Row(String id, String stub) {}
        Map<String, String> stubs = new LinkedHashMap<>();
        control.read(sql -> sql.sql("select e.id, e.stub from edition e join journal_entry j on j.id = e.entry"
                                + " where j.log_index is not null order by e.id")
                        .query(Row.class)
                        .list())
                .forEach(row -> stubs.put(row.id(), row.stub()));
        return stubs;
    }

    static List<String> waitingDeposits(ControlPlane control) {
        return control.read(sql -> sql.sql("select d.id from deposit d join journal_entry j on j.id = d.entry"
                        + " where j.log_index is not null and d.state = 'received' order by d.id")
                .query(String.class)
                .list());
    }

    static long entries(ControlPlane control) {
        return control.read(sql -> sql.sql("select count(*) from journal_entry where log_index is not null")
                .query(Long.class)
                .single());
    }
}
