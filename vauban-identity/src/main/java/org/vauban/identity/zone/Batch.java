package org.vauban.identity.zone;

import java.util.List;

/**
 * The answer to one question of the hub, as the zone keeps it under its seal.
 *
 * @param name the batch's name
 * @param report a JSON document of counts
 */
record Batch(String name, String report, List<Deposit> deposits) {

    /**
     * One deposit's records, in their order.
     *
     * @param clusters the number of each record's person in this batch
     */
    record Deposit(String id, List<String> records, List<String> pseudonyms, List<Integer> clusters) {
        Deposit {
            records = List.copyOf(records);
            pseudonyms = List.copyOf(pseudonyms);
            clusters = List.copyOf(clusters);
        }
    }

    Batch {
        deposits = List.copyOf(deposits);
    }

    List<String> depositIds() {
        return deposits.stream().map(Deposit::id).toList();
    }

    @Override
    public String toString() {
        return "Batch[" + name + ", " + deposits.size() + " deposits]";
    }
}
