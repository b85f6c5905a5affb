package org.vauban.app.page.office;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** Which parts of the office somebody may enter. One that is not theirs is not there. */
final class Rooms {
    static final String REQUESTS = "requests";
    static final String OUTPUTS = "outputs";
    static final String DEPOSITS = "deposits";
    static final String PRODUCERS = "producers";
    static final String WITHDRAWALS = "withdrawals";
    static final String ACCOUNTS = "accounts";

    private static final Set<Role> OF_REQUESTS = Set.of(Role.RESEARCHER, Role.COMMITTEE_MEMBER, Role.AUDITOR);
    private static final Set<Role> OF_OUTPUTS = Set.of(Role.RESEARCHER, Role.OUTPUT_CHECKER, Role.AUDITOR);
    private static final Set<Role> OF_DEPOSITS = Set.of(Role.DATA_MANAGER);
    private static final Set<Role> OF_PRODUCERS = Set.of(Role.PRODUCER, Role.AUDITOR);
    private static final Set<Role> OF_WITHDRAWALS =
            Set.of(Role.PRODUCER, Role.COMMITTEE_MEMBER, Role.DATA_MANAGER, Role.AUDITOR);
    private static final Set<Role> OF_ACCOUNTS = Set.of(Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER, Role.AUDITOR);

    private Rooms() {}

    static List<String> of(Actor actor) {
        List<String> rooms = new ArrayList<>();
        for (String room : List.of(REQUESTS, OUTPUTS, DEPOSITS, PRODUCERS, WITHDRAWALS, ACCOUNTS)) {
            if (isOpen(actor, room)) {
                rooms.add(room);
            }
        }
        return rooms;
    }

    /** Refuses as if the address did not exist. */
    static void requireOpen(Actor actor, String room) {
        if (!isOpen(actor, room)) {
            throw absent();
        }
    }

    private static boolean isOpen(Actor actor, String room) {
        Set<Role> roles = switch (room) {
            case REQUESTS -> OF_REQUESTS;
            case OUTPUTS -> OF_OUTPUTS;
            case DEPOSITS -> OF_DEPOSITS;
            case PRODUCERS -> OF_PRODUCERS;
            case WITHDRAWALS -> OF_WITHDRAWALS;
            case ACCOUNTS -> OF_ACCOUNTS;
            default -> Set.of();
        };
        return actor.roles().stream().anyMatch(roles::contains);
    }

    static RuntimeException absent() {
        return Problem.of(ProblemCode.NOT_FOUND)
                .with("what", "page")
                .found("here")
                .exception();
    }
}
