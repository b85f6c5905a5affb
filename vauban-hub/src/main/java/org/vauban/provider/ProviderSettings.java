package org.vauban.provider;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Which provider signs people in, and how this hub is known to it.
 *
 * @param issuer the provider's own name, an address; what its tokens say must be this text
 * @param client the hub's name at the provider
 * @param secret the hub's secret at the provider; a hub without one is a public client
 * @param audience what tokens for the API are made out to; without it the API takes no token of the provider
 * @param address where browsers find this hub; without it, where they found it
 */
public record ProviderSettings(
        String issuer, String client, Optional<String> secret, Optional<String> audience, Optional<URI> address) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public ProviderSettings {
        if (!isSafe(issuer)) {
            throw new IllegalArgumentException(
                    "An issuer's address begins with https://, or with http:// on this machine");
        }
        if (client.isBlank()) {
            throw new IllegalArgumentException("The hub needs a name at the provider");
        }
        if (audience.filter(client::equals).isPresent()) {
            throw new IllegalArgumentException("The API needs an audience of its own: an identity is no key to it");
        }
        if (address.isPresent() && !isSafe(address.get().toString())) {
            throw new IllegalArgumentException(
                    "The hub's address begins with https://, or with http:// on this machine");
        }
    }

    /** True for an address at which nobody on the way can answer in another's place. */
    public static boolean isSafe(String address) {
        try {
            URI uri = URI.create(address);
            boolean whole = uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            return whole
                    && ("https".equals(uri.getScheme())
                            || "http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost()));
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "ProviderSettings[" + issuer + ", " + client + "]";
    }
}
