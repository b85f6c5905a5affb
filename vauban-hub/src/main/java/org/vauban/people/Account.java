package org.vauban.people;

import java.time.Instant;
import java.util.Set;

/** An account as administrators see it. */
public record Account(AccountId id, String displayName, Set<Role> roles, String state, Instant created) {}
