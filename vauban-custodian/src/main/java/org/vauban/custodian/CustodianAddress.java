package org.vauban.custodian;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Where a custodian is to be found. A Unix domain socket is the one place there is so far. */
public sealed interface CustodianAddress {

    /**
     * Reads {@code unix:PATH}.
     *
     * @throws IllegalArgumentException for anything else, in words for the person who typed it
     */
    static CustodianAddress parse(String text) {
        if (!text.startsWith(Unix.SCHEME) || text.length() == Unix.SCHEME.length()) {
            throw new IllegalArgumentException(
                    "A custodian address is unix:PATH, the path of its Unix domain socket; found "
                            + schemeOf(text)
                                    .map(scheme -> "an address that starts with " + scheme)
                                    .orElse("no scheme") + ".");
        }
        try {
            return new Unix(Path.of(text.substring(Unix.SCHEME.length())));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "A custodian address is unix:PATH; the path is not one of this system.", e);
        }
    }

    // Only the scheme is repeated: addresses of other systems may carry a PIN.
    private static Optional<String> schemeOf(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? Optional.empty() : Optional.of(text.substring(0, colon + 1));
    }

    /** A Unix domain socket, made absolute. */
    record Unix(Path path) implements CustodianAddress {

        private static final String SCHEME = "unix:";

        public Unix {
            path = path.toAbsolutePath().normalize();
            if (path.getFileName() == null) {
                throw new IllegalArgumentException("A custodian address names a socket, not the root folder.");
            }
        }

        @Override
        public String toString() {
            return SCHEME + path;
        }
    }
}
