package org.vauban.identity.zone;

import java.util.List;

/**
 * Who of a batch objects, as the zone answers it. Nothing of it is kept: lists change, and the next question is answered anew.
 *
 * @param lists the lists that were looked at, in the order in which they came
 * @param records how many records they have
 * @param pseudonyms those of the batch's persons who are on one of them, as the batch was answered, sorted
 */
record Objecting(List<Named> lists, int records, List<String> pseudonyms) {

    /**
     * A list.
     *
     * @param taker who takes objections and gave it
     */
    record Named(String id, String taker) {}

    Objecting {
        lists = List.copyOf(lists);
        pseudonyms = List.copyOf(pseudonyms);
    }

    @Override
    public String toString() {
        return "Objecting[" + lists.size() + " lists]";
    }
}
