package org.vauban.app.server;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vauban.people.People;
import org.vauban.people.ProviderDoor;
import org.vauban.provider.Returned;

/** People who take up their invitations by the provider, without pages. */
final class VouchedPeople {
    private static final URI BACK = URI.create("http://127.0.0.1/office/sign-in/back");

    private VouchedPeople() {}

    static void claim(People people, LyingProvider provider, People.Invitation invitation, String subject)
            throws Exception {
        ProviderDoor door = people.provider().orElseThrow();
        ProviderDoor.Departure departure = door.claim(BACK, "/office", invitation.oneTimeToken());
        Map<String, String> query = query(provider.visit(departure.address().toString(), subject));
        door.arrive(
                departure.secret(),
                new Returned(
                        query.getOrDefault("state", ""),
                        Optional.ofNullable(query.get("code")),
                        Optional.ofNullable(query.get("iss")),
                        Optional.empty()),
                "127.0.0.1");
    }

    static Map<String, String> query(URI address) {
        Map<String, String> fields = new TreeMap<>();
        for (String field : address.getRawQuery().split("&")) {
            String[] pair = field.split("=", 2);
            fields.put(pair[0], java.net.URLDecoder.decode(pair[1], java.nio.charset.StandardCharsets.UTF_8));
        }
        return fields;
    }
}
