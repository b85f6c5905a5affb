package org.vauban.provider;

import java.util.Optional;

/**
 * Somebody whom the provider has signed out.
 *
 * @param issuer the provider
 * @param subject the person, if it says so
 * @param session its own session with the person, if it says so
 */
public record SignedOut(String issuer, Optional<String> subject, Optional<String> session) {
    @Override
    public String toString() {
        return "SignedOut[" + issuer + "]";
    }
}
