package org.vauban.people;

import java.time.Instant;
import java.util.Set;

/**
 * An account as administrators see it.
 *
 * @param byProvider whether its person comes by the provider of identities, and has no password here
 */
public record Account(
        AccountId id,
        String displayName,
        Set<Role> roles,
        String state,
        Instant created,
        Validity validity,
        boolean byProvider) {}
