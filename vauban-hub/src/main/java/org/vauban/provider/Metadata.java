package org.vauban.provider;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What the provider says of itself, as far as it is used. What the hub calls must be at the issuer's own address. */
record Metadata(URI authorization, URI token, URI keys, Set<String> authentications, boolean namesItselfInAnswers) {
    static final String PATH = "/.well-known/openid-configuration";

    /** Reads it; whoever speaks for another issuer is not believed. */
    static Metadata of(JsonNode document, String issuer) {
        if (!document.path("issuer").asString("").equals(issuer)) {
            throw Flaw.ISSUER.refusal();
        }
        URI authorization = address(document, "authorization_endpoint");
        return new Metadata(
                authorization,
                ofIssuer(address(document, "token_endpoint"), issuer),
                ofIssuer(address(document, "jwks_uri"), issuer),
                words(document.path("token_endpoint_auth_methods_supported")),
                document.path("authorization_response_iss_parameter_supported").asBoolean(false));
    }

    private static URI address(JsonNode document, String name) {
        String text = document.path(name).asString("");
        return Optional.of(text)
                .filter(address -> ProviderSettings.isSafe(address.split("\\?", 2)[0]))
                .map(URI::create)
                .orElseThrow(Flaw.MALFORMED::refusal);
    }

    private static URI ofIssuer(URI address, String issuer) {
        URI own = URI.create(issuer);
        boolean same = address.getScheme().equals(own.getScheme())
                && address.getHost().equals(own.getHost())
                && port(address) == port(own);
        if (!same) {
            throw Flaw.ISSUER.refusal();
        }
        return address;
    }

    /** A port that an address leaves out is that of its scheme. */
    private static int port(URI address) {
        return address.getPort() != -1 ? address.getPort() : address.getScheme().equals("https") ? 443 : 80;
    }

    /** A provider that names no way of authenticating takes the basic one. */
    private static Set<String> words(JsonNode list) {
        Set<String> words = new TreeSet<>();
        list.valueStream().forEach(word -> words.add(word.asString("")));
        return words.isEmpty() ? Set.of("client_secret_basic") : words;
    }
}
