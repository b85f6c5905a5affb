package org.vauban.provider;

import com.nimbusds.jose.JOSEObjectType;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kinds of tokens. Many providers name none in the header, or name all of them a JWT; then the claims tell them apart. */
enum Kind {
    IDENTITY("JWT"),
    ACCESS("at+jwt", "application/at+jwt", "JWT"),
    LOGOUT("logout+jwt", "application/logout+jwt", "JWT");

    private final Set<String> types;

    Kind(String... types) {
        this.types = Set.of(types);
    }

    boolean takes(@Nullable JOSEObjectType type) {
        return Optional.ofNullable(type)
                .map(JOSEObjectType::getType)
                .map(name -> types.stream().anyMatch(name::equalsIgnoreCase))
                .orElse(true);
    }
}
