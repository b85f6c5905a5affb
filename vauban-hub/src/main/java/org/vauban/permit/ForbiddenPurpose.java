package org.vauban.permit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What health data may never be used for: Code de la santé publique, article L. 1461-1 (V), and Regulation (EU) 2025/327, article 54. No
 * committee can grant one of these; asking for one is refused and entered in the log.
 */
public enum ForbiddenPurpose {
    /** Promoting health products to professionals or institutions. */
    HEALTH_PRODUCT_PROMOTION,
    /** Excluding cover from insurance contracts, or changing premiums, for a person or a group. */
    INSURANCE_TERMS,
    /** Decisions to the detriment of a person or a group. */
    DETRIMENTAL_DECISION,
    /** Less favourable terms of employment, credit or pensions. */
    DISCRIMINATION,
    ADVERTISING,
    /** Products or services that harm individuals, public health or society. */
    HARMFUL_PRODUCTS;

    public static Optional<ForbiddenPurpose> named(String word) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.word().equals(word))
                .findFirst();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
