package org.vauban.deposit.envelope;

import java.util.Locale;

/** Who an envelope is sealed for. */
public enum Zone {
    /** The warehouse: health records under random record numbers. */
    HEALTH,
    /** The identity zone: who is behind a record number. */
    IDENTITY;

    /** The word in manifests, in folders, and in what keys and parts are bound to. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
