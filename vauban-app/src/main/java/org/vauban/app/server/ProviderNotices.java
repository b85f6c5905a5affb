package org.vauban.app.server;

import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.vauban.hub.Hub;
import org.vauban.people.ProviderDoor;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * Where the provider of identities says that somebody has signed out there: by itself, with a signed notice, or by way of the person's
 * browser, naming its session. The answers are those that OpenID Connect lays down.
 */
@RestController
final class ProviderNotices {
    static final String ADDRESS = "/provider/logout";

    private final Hub hub;

    ProviderNotices(Hub hub) {
        this.hub = hub;
    }

    @PostMapping(path = ADDRESS, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<Map<String, String>> signedOut(
            @RequestParam(name = "logout_token", defaultValue = "") String notice) {
        if (hub.people().provider().isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        ProviderDoor door = hub.people().provider().get();
        hub.settle();
        try {
            door.signedOut(notice);
            return ResponseEntity.ok().cacheControl(CacheControl.noStore()).build();
        } catch (ProblemException refused) {
            boolean wrong = refused.code() == ProblemCode.PROVIDER_REFUSED;
            return ResponseEntity.status(wrong ? HttpStatus.BAD_REQUEST : HttpStatus.SERVICE_UNAVAILABLE)
                    .cacheControl(CacheControl.noStore())
                    .body(Map.of("error", wrong ? "invalid_request" : "temporarily_unavailable"));
        }
    }

    /** Answers alike whether it knows the session or not. */
    @GetMapping(ADDRESS)
    ResponseEntity<Void> signedOutInFront(
            @RequestParam(defaultValue = "") String iss, @RequestParam(defaultValue = "") String sid) {
        if (hub.people().provider().isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        hub.settle();
        hub.people().provider().get().signedOutInFront(iss, sid);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).build();
    }
}
