package org.vauban.ledger.policy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a set of witnesses is enough. */
sealed interface Rule {

    boolean isMetBy(Set<String> witnesses);

    /** Nobody is asked: {@code quorum none}. */
    record Nobody() implements Rule {
        @Override
        public boolean isMetBy(Set<String> witnesses) {
            return true;
        }

        @Override
        public String toString() {
            return "0 of 0";
        }
    }

    /** This one witness. */
    record One(String name) implements Rule {
        @Override
        public boolean isMetBy(Set<String> witnesses) {
            return witnesses.contains(name);
        }

        @Override
        public String toString() {
            return "1 of 1";
        }
    }

    /** So many of these, each a witness or a group. */
    record Group(int needed, List<Rule> members) implements Rule {
        public Group {
            members = List.copyOf(members);
            if (needed < 1 || needed > members.size()) {
                throw new IllegalArgumentException("Between 1 and " + members.size() + " members can be asked for.");
            }
        }

        @Override
        public boolean isMetBy(Set<String> witnesses) {
            return members.stream().filter(member -> member.isMetBy(witnesses)).count() >= needed;
        }

        @Override
        public String toString() {
            return needed + " of "
                    + (members.stream().allMatch(One.class::isInstance)
                            ? String.valueOf(members.size())
                            : members.stream().map(Rule::toString).collect(Collectors.joining(", ", "(", ")")));
        }
    }
}
