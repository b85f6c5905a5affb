package org.vauban.producer;

import java.util.List;

/** What became of a producer's rows. */
public record Uses(String producer, List<Delivered> deliveries, List<Use> uses) {
    public Uses {
        deliveries = List.copyOf(deliveries);
        uses = List.copyOf(uses);
    }
}
