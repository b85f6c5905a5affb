package org.vauban.permit;

import java.util.Locale;

/** What kind of organisation asks; some procedures are closed to some of them. */
public enum ApplicantKind {
    PUBLIC_BODY,
    HOSPITAL,
    RESEARCH,
    ASSOCIATION,
    HEALTH_INDUSTRY,
    CONSULTANCY,
    INSURER,
    MUTUAL,
    BANK;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
