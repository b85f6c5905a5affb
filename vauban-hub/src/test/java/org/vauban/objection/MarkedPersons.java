package org.vauban.objection;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.vauban.edition.EditionReader;
import org.vauban.edition.TestEditions;
import org.vauban.hub.TestDatabases;
import org.vauban.hub.TestHub;
import org.vauban.omop.CdmTable;
import org.vauban.omop.EditionId;
import org.vauban.people.Actor;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Persons;

/** Marks persons of an edition whose making knew no pseudonyms, as if its directory had found them. */
public final class MarkedPersons {
    private MarkedPersons() {}

    /** @param yearsOfBirth of those who object */
    public static void mark(TestHub hub, Actor manager, EditionId edition, IntPredicate yearsOfBirth) {
        Needs years = Needs.of(CdmTable.PERSON, "year_of_birth");
        EditionReader reader = TestEditions.read(hub.hub().publications().open(edition), years);
        List<Integer> marked = new ArrayList<>();
        for (int bucket = 0; bucket < reader.buckets(); bucket++) {
            Persons persons = reader.read(bucket, years).persons();
            for (int person = 0; person < persons.size(); person++) {
                if (yearsOfBirth.test(persons.ints(CdmTable.PERSON.column("year_of_birth"))[person])) {
                    marked.add((int) persons.id(person));
                }
            }
        }
        assertThat(marked).isNotEmpty();
        Collections.sort(marked);
        hub.hub()
                .objections()
                .enter(
                        manager,
                        new Found(1, marked.size(), new TreeMap<>(Map.of(edition.value(), marked)), new TreeMap<>()));
        withDirectory(hub, edition);
    }

    private static void withDirectory(TestHub hub, EditionId edition) {
        try (var connection = TestDatabases.beside(hub.home().resolve("control.sqlite"));
                var statement = connection.prepareStatement("update edition set objections = 0 where id = ?")) {
            statement.setString(1, edition.value());
            assertThat(statement.executeUpdate()).isEqualTo(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
